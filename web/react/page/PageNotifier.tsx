/** The document's title, and what tells of new messages while one looks elsewhere. */
import { useCallback } from 'react';

import { useRoomHead, useUnread } from '../../chat/hooks.ts';
import { useNotifications } from '../../chat/notify/use-notifications.ts';
import { useNavigate } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { notifyWords } from '../../words/notify.ts';
import { pageWords } from '../../words/page.ts';
import { pathOfRoom } from './room-path.ts';
import { useShopOf } from './shop-names.ts';

interface PageNotifierProps {
  siteName: string;
  basePath: string;
  roomId: string | null;
  unreadIcon?: string;
}

/** For a page that is the document's own: a part of another page leaves its title alone. */
export function PageNotifier({ siteName, basePath, roomId, ...icon }: PageNotifierProps) {
  const { heading } = useWords(pageWords);
  const words = useWords(notifyWords);
  const go = useNavigate();
  const shopOf = useShopOf();
  const room = useRoomHead(roomId ?? '');
  const name = room === null || roomId === null ? heading : shopOf(room).name;
  const onOpen = useCallback(
    (opened: string | null) => go(pathOfRoom(basePath, opened)),
    [go, basePath],
  );
  useNotifications({
    title: `${name} · ${siteName}`,
    unread: useUnread()?.messages ?? 0,
    roomId,
    onOpen,
    words,
    ...icon,
  });
  return null;
}

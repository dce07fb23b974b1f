/** Tells the staff of what customers write while they look elsewhere. It shows nothing on the page but its title. */
import { useNotifications } from '../../chat/notify/use-notifications.ts';
import { useUnread } from '../../chat/hooks.ts';
import { navigate } from '../../ui/navigation.tsx';
import { Spoken, useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { pickLanguage } from '../../words/language.ts';
import { notifyWords } from '../../words/notify.ts';
import { roomPath } from '../places.ts';

interface InboxNotificationsProps {
  shopName: string;
  /** The room on screen, or null. */
  roomId: string | null;
}

/** One for the whole inbox. */
export function InboxNotifications(props: InboxNotificationsProps) {
  const { locale } = useWords(inboxWords);
  return (
    <Spoken area={notifyWords} language={pickLanguage([locale])}>
      <Told {...props} />
    </Spoken>
  );
}

function Told({ shopName, roomId }: InboxNotificationsProps) {
  const inbox = useWords(inboxWords);
  useNotifications({
    title: inbox.title(shopName, 0),
    unread: useUnread()?.messages ?? 0,
    roomId,
    words: useWords(notifyWords),
    onOpen: (opened) => navigate(opened === null ? '/inbox' : roomPath(opened)),
    unreadIcon: '/favicon-unread.svg',
  });
  return null;
}

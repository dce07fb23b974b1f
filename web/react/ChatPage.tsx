/** A customer's whole chat page: every conversation with every shop, and the one that is open. */
import './react.css';

import { type ReactNode, useCallback, useMemo } from 'react';

import { Fence } from '../ui/base/Fence.tsx';
import { type Navigation, NavigationProvider } from '../ui/navigation.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { customerWords } from '../words/customer.ts';
import { notifyWords } from '../words/notify.ts';
import { pageWords } from '../words/page.ts';
import { PageFailed } from './LoadFailed.tsx';
import type { ChatPageViewProps } from './page/ChatPageView.tsx';
import { pathOfRoom, roomOfPath } from './page/room-path.ts';
import type { VendorName } from './page/shop-names.ts';
import { Scope } from './Scope.tsx';
import { useSettings } from './settings.ts';

/** Without `onRoomChange` it reads and writes the window's address by itself. */
export interface ChatPageProps {
  /** The page's own path; a conversation stands below it, as `/chat/d-7Zk1…`. */
  basePath?: string;
  /** The conversation that your router's address names, null for the list. With `onRoomChange`. */
  roomId?: string | null;
  /** Takes your router to a conversation, or to the list (null). */
  onRoomChange?: (roomId: string | null, options: { replace: boolean }) => void;
  /** The name of the shop: with it the page sets the document's title, and tells there of unread messages. */
  siteName?: string;
  /** The address of the favicon with a dot, for unread messages. */
  unreadIcon?: string;
  /** Your name of a vendor whom the chat has not heard of yet, else it is called by its id. */
  vendorName?: VendorName;
  /** Below the words of an empty list: the way to something worth asking about. */
  emptyAction?: ReactNode;
}

/** Fills the height that `--parley-page-height` says, else the window's. */
export function ChatPage({ basePath = '/chat', roomId, onRoomChange, ...view }: ChatPageProps) {
  const page = <LoadedPage basePath={basePath} {...view} />;
  return (
    <Scope className="parley-page">
      <Fence Fallback={PageFailed}>
        {onRoomChange === undefined ? (
          page
        ) : (
          <ForeignRouter basePath={basePath} roomId={roomId ?? null} onRoomChange={onRoomChange}>
            {page}
          </ForeignRouter>
        )}
      </Fence>
    </Scope>
  );
}

/** Its own chunk, loaded in the browser only: a server draws the frame, and nothing shifts when the rest is there. */
function LoadedPage(props: ChatPageViewProps) {
  const { language } = useSettings();
  const load = useCallback(async () => {
    const [{ ChatPageView }, customer, page, notify] = await Promise.all([
      import('./page/ChatPageView.tsx'),
      customerWords.load[language](),
      pageWords.load[language](),
      notifyWords.load[language](),
    ]);
    return { ChatPageView, customer, page, notify };
  }, [language]);
  const loading = useLoaded(load);
  if (loading.status === 'failed') return <PageFailed />;
  if (loading.status === 'loading') return <div className="chat-page" aria-busy="true" />;
  const { ChatPageView, customer, page, notify } = loading.value;
  return (
    <customerWords.context value={customer}>
      <pageWords.context value={page}>
        <notifyWords.context value={notify}>
          <ChatPageView {...props} />
        </notifyWords.context>
      </pageWords.context>
    </customerWords.context>
  );
}

interface ForeignRouterProps {
  basePath: string;
  roomId: string | null;
  onRoomChange: NonNullable<ChatPageProps['onRoomChange']>;
  children: ReactNode;
}

function ForeignRouter({ basePath, roomId, onRoomChange, children }: ForeignRouterProps) {
  const navigation = useMemo<Navigation>(
    () => ({
      path: pathOfRoom(basePath, roomId),
      navigate: (path, { replace = false } = {}) =>
        onRoomChange(roomOfPath(basePath, path), { replace }),
    }),
    [basePath, roomId, onRoomChange],
  );
  return <NavigationProvider value={navigation}>{children}</NavigationProvider>;
}

/** Tells the staff of what customers write while they look elsewhere. It shows nothing on the page but its title. */
import { useNotifications } from '../chat/notify/use-notifications.ts';
import { navigate } from '../ui/navigation.tsx';
import { Spoken, useWords } from '../words/area.tsx';
import { inboxWords } from '../words/inbox.ts';
import { pickLanguage } from '../words/language.ts';
import { notifyWords } from '../words/notify.ts';

interface InboxNotificationsProps {
  title: string;
  unread: number;
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

function Told(props: InboxNotificationsProps) {
  const words = useWords(notifyWords);
  useNotifications({ ...props, words, onOpen: open, unreadIcon: '/favicon-unread.svg' });
  return null;
}

function open(roomId: string | null): void {
  navigate(roomId === null ? '/inbox' : `/inbox/${encodeURIComponent(roomId)}`);
}

/** What a log of messages is given. */
import type { MessageActions } from '../../message/actions.ts';
import type { ConversationLabels } from '../labels.ts';
import type { MessageView } from '../rows.ts';

/** What the log shows and asks for. */
export interface MessageLogProps {
  messages: readonly MessageView[];
  firstUnreadSeq: number | null;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  labels: ConversationLabels;
  /** Milliseconds since 1970, for the names of days. */
  now: number;
  onReachTop: () => void;
  /** Loads upward until that message is there; what fails is said elsewhere. */
  onLoadTo: (seq: number) => Promise<void>;
  /** Whether the newest message is in sight. */
  onAtEnd: (isAtEnd: boolean) => void;
  actions: MessageActions;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

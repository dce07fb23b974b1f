/** Parley for React storefronts: everything that a page imports, documented in docs/REACT.md. */
import '../ui/tokens.css';
import '../ui/base/base.css';
import '../ui/conversation/conversation.css';
import '../ui/message/message.css';
import '../popup/popup.css';

export { ChatButton, type ChatButtonProps } from './ChatButton.tsx';
export { ChatPage, type ChatPageProps } from './ChatPage.tsx';
export { ChatProvider, type ChatProviderProps } from './ChatProvider.tsx';
export { useChat } from '../chat/ChatProvider.tsx';
export { useChatPopup, type PopupControls, type PopupTarget, type Theme } from './settings.ts';
export {
  type ConnectionView,
  type MessagesView,
  type OneRoom,
  type RoomsView,
  type TypingView,
  useConnection,
  useMessages,
  usePresence,
  useRoom,
  useRooms,
  useTyping,
  useUnread,
} from './hooks.ts';

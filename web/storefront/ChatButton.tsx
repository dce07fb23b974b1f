/** The button that opens the chat with a product's vendor. */
import { Icon } from '../ui/base/Icon.tsx';
import { useWords } from '../words/area.tsx';
import { customerWords } from '../words/customer.ts';

interface ChatButtonProps {
  isOpen: boolean;
  onOpen: (button: HTMLElement) => void;
}

/** Asks nothing of the network until it is pressed. */
export function ChatButton({ isOpen, onOpen }: ChatButtonProps) {
  const { button } = useWords(customerWords);
  return (
    <button
      type="button"
      className="button chat-button"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={(event) => onOpen(event.currentTarget)}
    >
      <Icon name="chat" />
      {button}
    </button>
  );
}

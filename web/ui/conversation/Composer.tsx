/** Where a message is written: Enter sends, Shift+Enter breaks the line, an input method never sends. */
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';

import { Icon } from '../base/Icon.tsx';
import { AttachButton } from './AttachButton.tsx';
import type { ConversationLabels } from './labels.ts';

/** From this many left on, the number is shown. */
const NEARLY_FULL = 200;
const BORDERS_PX = 2;

interface ComposerProps {
  labels: ConversationLabels;
  value: string;
  maxLength: number;
  /** What goes along with the message: a product. */
  above?: ReactNode;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
  /** What is answered or changed: something new here takes the focus, null leaves it where it is. */
  focusOn: object | null;
  onChange: (value: string) => void;
  /** Escape, where there is something to leave. */
  onEscape: (() => void) | undefined;
  /** The arrow upward in an empty field. */
  onUp: () => void;
  /** Files that were chosen, pasted or dropped; absent where none can be sent. */
  onFiles: ((files: readonly File[]) => void) | undefined;
  /** Called with a text that is not blank. */
  onSend: (text: string) => void;
}

/** The text lives with the caller, who keeps one draft per room. */
export function Composer({
  labels,
  value,
  maxLength,
  above,
  focusOn,
  onChange,
  onSend,
  onEscape,
  onUp,
  onFiles,
  ...refs
}: ComposerProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const input = refs.inputRef ?? own;
  const text = value.trim();
  const left = maxLength - text.length;
  const canSend = text !== '' && left >= 0;
  useLayoutEffect(() => fitTo(input.current, value), [input, value]);
  useEffect(() => {
    if (focusOn !== null) input.current?.focus();
  }, [input, focusOn]);

  const send = () => {
    if (!canSend) return;
    onSend(text);
    // the phone's keyboard stays open only if the field keeps its focus
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && onEscape !== undefined && !isComposing(event)) {
      // the chat around it stays open
      event.stopPropagation();
      onEscape();
    }
    if (event.key === 'ArrowUp' && value === '') onUp();
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="composer"
      {...fileEvents(onFiles)}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {above}
      <div className="composer__row">
        {onFiles !== undefined && <AttachButton label={labels.attach} onFiles={onFiles} />}
        <textarea
          ref={input}
          className="composer__input"
          aria-label={labels.message}
          placeholder={labels.placeholder}
          rows={1}
          dir="auto"
          enterKeyHint="send"
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <SendButton label={labels.send} canSend={canSend} />
      </div>
      {left < NEARLY_FULL && (
        <p className={`composer__left${left < 0 ? ' composer__left--over' : ''}`} role="status">
          {labels.charactersLeft(left)}
        </p>
      )}
    </form>
  );
}

function SendButton({ label, canSend }: { label: string; canSend: boolean }) {
  return (
    <button
      type="submit"
      className="composer__send"
      aria-label={label}
      title={label}
      disabled={!canSend}
      // pressing it must not take the focus from the field
      onPointerDown={(event) => {
        event.preventDefault();
      }}
    >
      <Icon name="send" size={22} />
    </button>
  );
}

/** Files come by paste and by drop too; words that are pasted or dropped stay words. */
function fileEvents(onFiles: ComposerProps['onFiles']) {
  if (onFiles === undefined) return {};
  const take = (event: SyntheticEvent, { files }: DataTransfer) => {
    if (files.length === 0) return;
    event.preventDefault();
    onFiles([...files]);
  };
  return {
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData),
    onDrop: (event: DragEvent) => take(event, event.dataTransfer),
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault();
    },
  };
}

/** Safari ends a composition before the key arrives, and tells of it only by the key code 229. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** As high as its text; CSS sets where it begins to scroll. */
function fitTo(field: HTMLTextAreaElement | null, text: string): void {
  if (field === null) return;
  field.style.blockSize = 'auto';
  if (text !== '') field.style.blockSize = `${field.scrollHeight + BORDERS_PX}px`;
}

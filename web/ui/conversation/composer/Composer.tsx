/** Where a message is written: Enter sends, Shift+Enter breaks the line, an input method never sends. */
import {
  type InputEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

import { Icon } from '../../base/Icon.tsx';
import type { ConversationLabels } from '../labels.ts';
import type { MessageActions } from '../../message/actions.ts';
import { AttachButton } from './AttachButton.tsx';
import { EmojiButton } from './EmojiButton.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import type { BeforeSend, Suggest, Written } from './suggestions.ts';
import { useSecondsLeft } from './use-pause.ts';
import { comboboxOf, type OpenSuggestions, useSuggestions } from './use-suggestions.ts';

/** So many messages' length the field takes: a browser stands still for a minute over a text of a megabyte. */
const TAKEN_MESSAGES = 5;
/** From this many left on, the number is shown. */
const NEARLY_FULL = 200;
const BORDERS_PX = 2;
/** A longer text is higher than the field may be: measuring a whole book at every key would be felt. */
const MEASURED_LENGTH = 4_000;

interface ComposerProps {
  labels: ConversationLabels;
  value: string;
  maxLength: number;
  actions: Pick<MessageActions, 'emojiScope'>;
  /** What goes along with the message: a product. */
  above?: ReactNode;
  /** The app's own buttons beside the field. */
  tools?: ReactNode;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
  /** What is answered or changed: something new here takes the focus, null leaves it where it is. */
  focusOn: object | null;
  /** Sending waits until then (ISO 8601), and the text stays; null while it does not. */
  pausedUntil: string | null;
  suggest?: Suggest | undefined;
  beforeSend?: BeforeSend | undefined;
  onChange: (value: string) => void;
  /** Escape, where there is something to leave. */
  onEscape: (() => void) | undefined;
  /** The arrow upward in an empty field. */
  onUp: () => void;
  /** Files that were chosen; absent while none can be sent. */
  onFiles: ((files: readonly File[]) => void) | undefined;
  /** Called with a text that is not blank. */
  onSend: (text: string) => void;
}

/** The text lives with the caller, who keeps one draft per room. */
export function Composer(props: ComposerProps) {
  const { labels, value, maxLength, above, tools, onChange, onFiles } = props;
  const own = useRef<HTMLTextAreaElement>(null);
  const input = props.inputRef ?? own;
  const left = maxLength - value.trim().length;
  const { caret, setCaret, put } = useCaret(input, onChange);
  const { open, onKeyDown } = useSuggestions({
    suggest: props.suggest,
    written: { text: value, caret: Math.min(caret, value.length) },
    onChoose: put,
  });
  const secondsLeft = useSecondsLeft(props.pausedUntil);
  const { canSend, send } = useSending(props, input, secondsLeft > 0);
  useLayoutEffect(() => fitTo(input.current, value), [input, value]);
  // before anybody sees it, or the first keys would fall on the floor
  useLayoutEffect(() => {
    if (props.focusOn !== null) input.current?.focus();
  }, [input, props.focusOn]);
  const [isCut, setCut] = useState(false);
  if (isCut && left >= 0) setCut(false);
  const most = TAKEN_MESSAGES * maxLength;
  const readCaret = () => setCaret(input.current?.selectionStart ?? 0);
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {open !== null && <SuggestionList open={open} />}
      {above}
      <div className="composer__row">
        <AttachButton labels={labels} onFiles={onFiles} isEmpty={value === ''} />
        {tools}
        <EmojiButton
          labels={labels}
          actions={props.actions}
          onPick={(emoji) => put(inserted(value, input.current, emoji))}
        />
        <Field
          {...{ input, labels, value, most, open, readCaret }}
          onInput={({ currentTarget }) => {
            setCaret(currentTarget.selectionStart);
            onChange(currentTarget.value);
          }}
          onPaste={(text) => setCut(text.length > most)}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (onKeyDown(event)) return keep(event);
            onComposerKey(event, { ...props, send });
          }}
        />
        <SendButton label={labels.send} canSend={canSend} />
      </div>
      {secondsLeft > 0 && <p className="composer__left">{labels.pausedFor(secondsLeft)}</p>}
      {left < NEARLY_FULL && (
        <p className={`composer__left${left < 0 ? ' composer__left--over' : ''}`} role="status">
          {labels.charactersLeft(left)}
          {isCut && ` · ${labels.pasteCut(maxLength)}`}
        </p>
      )}
    </form>
  );
}

interface FieldProps {
  input: FieldRef;
  labels: ConversationLabels;
  value: string;
  most: number;
  open: OpenSuggestions | null;
  readCaret: () => void;
  onInput: (event: InputEvent<HTMLTextAreaElement>) => void;
  onPaste: (text: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

function Field({ input, labels, value, most, open, readCaret, ...events }: FieldProps) {
  return (
    <textarea
      ref={input}
      className="composer__input"
      aria-label={labels.message}
      placeholder={labels.placeholder}
      rows={1}
      dir="auto"
      enterKeyHint="send"
      maxLength={most}
      {...comboboxOf(open)}
      value={value}
      onKeyUp={readCaret}
      onClick={readCaret}
      {...events}
      onPaste={({ clipboardData }) => events.onPaste(clipboardData.getData('text/plain'))}
    />
  );
}

type FieldRef = RefObject<HTMLTextAreaElement | null>;

/** Where one writes, and a way to put another text there with the caret in its place. */
function useCaret(input: FieldRef, onChange: (text: string) => void) {
  const [caret, setCaret] = useState(0);
  const [wanted, setWanted] = useState<{ at: number } | null>(null);
  // in the same render as the text that it stands in
  useLayoutEffect(() => {
    if (wanted !== null) input.current?.setSelectionRange(wanted.at, wanted.at);
  }, [input, wanted]);
  const put = (written: Written) => {
    setWanted({ at: written.caret });
    setCaret(written.caret);
    onChange(written.text);
    input.current?.focus();
  };
  return { caret, setCaret, put };
}

/** With a piece put in place of what is selected. */
function inserted(text: string, field: HTMLTextAreaElement | null, piece: string): Written {
  const start = field?.selectionStart ?? text.length;
  const end = field?.selectionEnd ?? text.length;
  return { text: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length };
}

function useSending(
  { value, maxLength, beforeSend, onSend }: ComposerProps,
  input: FieldRef,
  isPaused: boolean,
) {
  const text = value.trim();
  const canSend = text !== '' && text.length <= maxLength && !isPaused;
  const send = () => {
    if (!canSend) return;
    if (beforeSend?.(text) !== 'hold') onSend(text);
    // the phone's keyboard stays open only if the field keeps its focus
    input.current?.focus();
  };
  return { canSend, send };
}

type KeyProps = Pick<ComposerProps, 'value' | 'onEscape' | 'onUp'> & { send: () => void };

function onComposerKey(
  event: KeyboardEvent<HTMLTextAreaElement>,
  { value, onEscape, onUp, send }: KeyProps,
): void {
  if (event.key === 'Escape' && onEscape !== undefined) {
    keep(event);
    onEscape();
  }
  if (event.key === 'ArrowUp' && value === '') onUp();
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  send();
}

/** The chat around it does not hear of the key: it stays open. */
function keep(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
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

/** Safari ends a composition before the key arrives, and tells of it only by the key code 229. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** As high as its text; CSS sets where it begins to scroll. */
function fitTo(field: HTMLTextAreaElement | null, text: string): void {
  if (field === null) return;
  const isMeasured = text.length <= MEASURED_LENGTH;
  field.style.blockSize = isMeasured ? 'auto' : '100vh';
  if (text !== '' && isMeasured) field.style.blockSize = `${field.scrollHeight + BORDERS_PX}px`;
}

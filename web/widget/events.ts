/** What a `<parley-chat>` tells the page: bubbling events that leave the shadow root. */
import type { ErrorCode } from '#protocol/errors.ts';
import type { Message } from '#protocol/message.ts';

/** The events by name, each with its `detail`. */
export interface WidgetEvents {
  /** The element takes commands. */
  ready: null;
  open: null;
  close: null;
  /** A message in the conversation with this vendor. */
  message: { readonly message: Message; readonly isMine: boolean };
  /** Messages of this vendor that are not read. Fires on every change, and with 0 after a logout. */
  unread: { readonly count: number };
  /** For developers and logs; people see what concerns them in the chat. */
  error: { readonly code: ErrorCode; readonly message: string };
}

/** Tells the page of something. */
export type Emit = <Name extends keyof WidgetEvents>(
  name: Name,
  detail: WidgetEvents[Name],
) => void;

/** What dispatches the events at an element. */
export function emitterOf(element: EventTarget): Emit {
  return (name, detail) => {
    const init = { bubbles: true, composed: true, detail };
    element.dispatchEvent(new CustomEvent(`parley:${name}`, init));
  };
}

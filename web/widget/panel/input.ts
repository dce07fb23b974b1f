/** What the element tells the part that it loads. */
import type { Suggestion } from '../../popup/suggestion.ts';
import type { Emit } from '../events.ts';
import type { WidgetOptions } from '../options.ts';

/** What the element hands in, anew at every change. */
export interface PanelInput {
  readonly options: WidgetOptions;
  readonly isOpen: boolean;
  /** A text for the composer; a new object is a new suggestion. */
  readonly suggestion: Suggestion | null;
  readonly token: () => Promise<string>;
  readonly emit: Emit;
  readonly onUnread: (count: number) => void;
  readonly onClose: () => void;
  /** The chat has gone from the screen, or is about to come back in another shape. */
  readonly onHidden: () => void;
}

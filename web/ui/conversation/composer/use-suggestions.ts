/** The list over a composer: open while the app suggests something, with one active line, and dismissed by Escape. */
import { type KeyboardEvent, useId, useState } from 'react';

import {
  stepFrom,
  type Suggest,
  type Suggestion,
  type Suggestions,
  type Written,
} from './suggestions.ts';

interface SuggestionsInput {
  suggest: Suggest | undefined;
  written: Written;
  onChoose: (written: Written) => void;
}

/** An open list. */
export interface OpenSuggestions extends Suggestions {
  readonly listId: string;
  readonly active: number;
  readonly optionId: (index: number) => string;
  readonly onActive: (index: number) => void;
  readonly onPick: (chosen: Suggestion) => void;
}

/** `onKeyDown` answers whether the key was the list's. */
export function useSuggestions({ suggest, written, onChoose }: SuggestionsInput): {
  open: OpenSuggestions | null;
  onKeyDown: (event: KeyboardEvent) => boolean;
} {
  const listId = useId();
  const [isDismissed, setDismissed] = useState(false);
  const [wanted, setActive] = useState(0);
  const found = suggest?.(written) ?? null;
  // what was dismissed stays away until one begins anew
  if (found === null && isDismissed) setDismissed(false);
  if (found === null && wanted !== 0) setActive(0);
  const isOpen =
    found !== null && !isDismissed && (found.items.length > 0 || found.empty !== undefined);
  if (!isOpen) return { open: null, onKeyDown: () => false };

  const count = found.items.length;
  const active = Math.min(wanted, Math.max(0, count - 1));
  const onPick = (chosen: Suggestion) => {
    setActive(0);
    onChoose(found.choose(chosen));
  };
  const onKeyDown = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const chosen = found.items[active];
    if (key === 'Escape') setDismissed(true);
    else if (key === 'ArrowDown') setActive(stepFrom(active, 1, count));
    else if (key === 'ArrowUp') setActive(stepFrom(active, -1, count));
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey && chosen !== undefined)
      onPick(chosen);
    else return false;
    return true;
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return { open: { ...found, listId, active, optionId, onActive: setActive, onPick }, onKeyDown };
}

/**
 * What tells a screen reader that the field has a list now, and which line is active; nothing while
 * it has none. A field of several lines may not be a `combobox`: it stays the text box that it is.
 */
export function comboboxOf(open: OpenSuggestions | null) {
  if (open === null) return {};
  return {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': open.listId,
    ...(open.items.length > 0 && { 'aria-activedescendant': open.optionId(open.active) }),
  } as const;
}

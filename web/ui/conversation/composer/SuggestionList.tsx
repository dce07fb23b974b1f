/** The list of suggestions over the composer: the field keeps the focus, the active line is only marked. */
import { type ReactNode, useEffect, useRef } from 'react';

import type { Suggestion } from './suggestions.ts';
import type { OpenSuggestions } from './use-suggestions.ts';

/** A listbox that a combobox controls. */
export function SuggestionList({ open }: { open: OpenSuggestions }): ReactNode {
  const { listId, items, label } = open;
  if (items.length === 0) {
    return (
      <p className="suggestions suggestions--empty" id={listId} role="status">
        {open.empty}
      </p>
    );
  }
  return (
    <ul className="suggestions" id={listId} role="listbox" aria-label={label}>
      {items.map((item, index) => (
        <Line key={item.id} open={open} item={item} index={index} />
      ))}
    </ul>
  );
}

function Line({ open, item, index }: { open: OpenSuggestions; item: Suggestion; index: number }) {
  const line = useRef<HTMLLIElement>(null);
  const isActive = index === open.active;
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <li
      ref={line}
      id={open.optionId(index)}
      className="suggestions__item"
      role="option"
      aria-selected={isActive}
      // the field keeps the focus
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => {
        if (!isActive) open.onActive(index);
      }}
      onClick={() => open.onPick(item)}
    >
      <span className="suggestions__title truncate" dir="auto">
        {item.title}
      </span>
      {item.detail !== undefined && (
        <span className="suggestions__detail truncate" dir="auto">
          {item.detail}
        </span>
      )}
    </li>
  );
}

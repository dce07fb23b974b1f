/** The list of suggestions over the composer: the field keeps the focus, the active line is only marked. */
import { useEffect, useRef } from 'react';

import type { OpenSuggestions } from './use-suggestions.ts';

/** A listbox that a combobox controls. */
export function SuggestionList({ open }: { open: OpenSuggestions }) {
  const list = useRef<HTMLUListElement>(null);
  const { listId, active, items, label } = open;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (items.length === 0) {
    return (
      <p className="suggestions suggestions--empty" id={listId} role="status">
        {open.empty}
      </p>
    );
  }
  return (
    <ul ref={list} className="suggestions" id={listId} role="listbox" aria-label={label}>
      {items.map((item, index) => (
        <li
          key={item.id}
          id={open.optionId(index)}
          className="suggestion"
          role="option"
          aria-selected={index === active}
          // the field keeps the focus
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => index !== active && open.onActive(index)}
          onClick={() => open.onPick(item)}
        >
          <span className="suggestion__title truncate" dir="auto">
            {item.title}
          </span>
          {item.detail !== undefined && (
            <span className="suggestion__detail truncate" dir="auto">
              {item.detail}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

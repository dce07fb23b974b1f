/** Which conversations the list shows. */
import type { RoomFilter } from '#protocol/http-routes.ts';

import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';

const FILTERS: readonly RoomFilter[] = ['waiting', 'all', 'unread', 'closed'];

interface FilterTabsProps {
  current: RoomFilter;
  onSelect: (filter: RoomFilter) => void;
  counts: Partial<Record<RoomFilter, number>>;
}

/** Buttons that stay pressed, not ARIA tabs: they change one list rather than switch panels. */
export function FilterTabs({ current, onSelect, counts }: FilterTabsProps) {
  const inbox = useWords(inboxWords);
  return (
    <div className="filters" role="group" aria-label={inbox.filters}>
      {FILTERS.map((filter) => (
        <button
          key={filter}
          type="button"
          className="filter"
          aria-pressed={filter === current}
          onClick={() => {
            onSelect(filter);
          }}
        >
          {inbox.filter[filter]}
          {(counts[filter] ?? 0) > 0 && <span className="badge">{counts[filter]}</span>}
        </button>
      ))}
    </div>
  );
}

/** Where one types what a conversation is about, to find it among those that are loaded. */
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { DeskIcon } from '../DeskIcon.tsx';

interface FindFieldProps {
  query: string;
  onQuery: (query: string) => void;
}

/** The browser's own search field: it has its own way to be emptied. */
export function FindField({ query, onQuery }: FindFieldProps) {
  const { find } = useWords(inboxWords).desk;
  return (
    <label className="find">
      <DeskIcon name="search" size={18} />
      <input
        type="search"
        className="find__input"
        aria-label={find.label}
        placeholder={find.placeholder}
        enterKeyHint="search"
        dir="auto"
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && query !== '') onQuery('');
        }}
      />
    </label>
  );
}

/** Every emoji to choose from: by search, by group, by what one used of late; all of it by keyboard too. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import { followPress } from '../base/focus.ts';
import { useSheet } from '../base/use-sheet.ts';
import css from './emoji.css?inline';
import { type Emoji, EMOJI_GROUPS, type EmojiGroup, findEmoji, loadEmoji } from './emoji-list.ts';
import type { EmojiLabels } from './labels.ts';
import { COLUMNS, stepInGrid } from './grid.ts';
import { recentEmoji, rememberEmoji } from './recent-emoji.ts';

/** As many as one looks through. */
const MAX_FOUND = 96;

interface EmojiPickerProps {
  labels: { locale: string; emoji: string; loadEmoji: () => Promise<EmojiLabels> };
  /** Whose emoji of late are offered and kept; null for nobody's. */
  scope: string | null;
  onPick: (emoji: string) => void;
  /** Escape. */
  onClose: () => void;
}

/** The search field keeps the focus; the arrows move through the grid. */
export function EmojiPicker({ labels, scope, onPick, onClose }: EmojiPickerProps) {
  const box = useRef<HTMLDivElement>(null);
  useSheet(box, css);
  const known = useKnown(labels);
  useEffect(() => {
    // braces: newer browsers answer with a promise, which is no way to clean up
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div
      ref={box}
      className="emoji"
      role="dialog"
      aria-label={labels.emoji}
      aria-busy={known === null}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // the chat around it stays open
        event.stopPropagation();
        onClose();
      }}
    >
      {known !== null && (
        <Choice
          {...known}
          recent={recentEmoji(scope)}
          onPick={(emoji) => {
            rememberEmoji(scope, emoji);
            onPick(emoji);
          }}
        />
      )}
    </div>
  );
}

interface Known {
  words: EmojiLabels;
  all: readonly Emoji[];
}

/** The emoji and their words, which come together; null until then. */
function useKnown({ locale, loadEmoji: loadWords }: EmojiPickerProps['labels']): Known | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    let isOver = false;
    const language = locale.split('-')[0] ?? locale;
    Promise.all([loadEmoji(language), loadWords()]).then(
      ([all, words]) => isOver || setKnown({ all, words }),
      // without its data the picker stays empty: closed and opened again, it asks anew
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [locale, loadWords]);
  return known;
}

type Part = EmojiGroup | 'recent';

interface ChoiceProps extends Known, Pick<EmojiPickerProps, 'onPick'> {
  /** The latest first. */
  recent: readonly string[];
}

function Choice({ words, all, recent, onPick }: ChoiceProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [part, setPart] = useState<Part>(recent.length > 0 ? 'recent' : 'smileys');
  const [wanted, setActive] = useState(0);
  const shown = emojiOf({ all, recent, part, search });
  const active = Math.min(wanted, shown.length - 1);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => followPress(input.current), []);
  const choose = (next: Part) => {
    setPart(next);
    setSearch('');
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const next = stepInGrid(event.key, { active, count: shown.length, isRtl });
    const picked = shown[active];
    if (event.key === 'Enter' && picked !== undefined) onPick(picked.emoji);
    // an arrow along the line belongs to the text that one searches for
    const isInText = search !== '' && /^Arrow(?:Left|Right)$/u.test(event.key);
    if (next !== null && !isInText) setActive(next);
    if (event.key === 'Enter' || (next !== null && !isInText)) event.preventDefault();
  };
  return (
    <>
      <input
        ref={input}
        className="emoji__search"
        type="search"
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        {...(shown.length > 0 && { 'aria-activedescendant': `${id}-${active}` })}
        aria-label={words.search}
        placeholder={words.search}
        value={search}
        onInput={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Parts {...{ all, words, recent }} part={search === '' ? part : null} onPart={choose} />
      <p className={shown.length === 0 ? 'emoji__none' : 'sr-only'} role="status">
        {shown.length === 0 ? words.none : ''}
      </p>
      <Grid {...{ id, shown, active, onPick }} label={labelOf(part, words)} />
    </>
  );
}

interface GridProps {
  id: string;
  shown: readonly Emoji[];
  active: number;
  label: string;
  onPick: (emoji: string) => void;
}

function Grid({ id, shown, active, label, onPick }: GridProps) {
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <div ref={grid} className="emoji__grid" id={id} role="listbox" aria-label={label}>
      {shown.map(({ emoji, name }, index) => (
        <button
          key={emoji}
          id={`${id}-${index}`}
          type="button"
          tabIndex={-1}
          className="emoji__one"
          role="option"
          aria-selected={index === active}
          aria-label={name}
          title={name}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}

interface PartsProps extends Known {
  /** Null while one searches. */
  part: Part | null;
  recent: readonly string[];
  onPart: (part: Part) => void;
}

function Parts({ all, words, part, recent, onPart }: PartsProps) {
  const parts: readonly Part[] = recent.length > 0 ? ['recent', ...EMOJI_GROUPS] : EMOJI_GROUPS;
  return (
    <div className="emoji__parts">
      {parts.map((one) => (
        <button
          key={one}
          type="button"
          className="emoji__part"
          aria-pressed={one === part}
          aria-label={labelOf(one, words)}
          title={labelOf(one, words)}
          onClick={() => onPart(one)}
        >
          {one === 'recent' ? '🕘' : (all.find(({ group }) => group === one)?.emoji ?? '')}
        </button>
      ))}
    </div>
  );
}

function labelOf(part: Part, words: EmojiLabels): string {
  return part === 'recent' ? words.recent : words.groups[part];
}

interface Shown {
  all: readonly Emoji[];
  recent: readonly string[];
  part: Part;
  search: string;
}

function emojiOf({ all, recent, part, search }: Shown): readonly Emoji[] {
  if (search.trim() !== '') return findEmoji(all, search).slice(0, MAX_FOUND);
  if (part !== 'recent') return all.filter(({ group }) => group === part);
  return recent
    .flatMap((used) => all.find(({ emoji }) => emoji === used) ?? [])
    .slice(0, 4 * COLUMNS);
}

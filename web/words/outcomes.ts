/** What the words say of events and failures: the choice is the same in every language. */
import type { ErrorCode } from '#protocol/errors.ts';

/** A sentence for each code that has one of its own, and one for all others. */
type Sentences = Partial<Record<ErrorCode, string>> & { other: string };

interface Outcomes {
  failures: Sentences;
  refusals: Sentences;
  /** More of them, which only a server's answer asks for. */
  loadRefusals: () => Promise<Partial<Sentences>>;
  notes: { closed: string; reopened: string; other: string };
  /** The shop's automatic words while it is away, or null where it has none. */
  away: (text: string | null) => string;
  showsAgent: boolean;
}

/** The words that depend on what a message is. */
export function wordsOf({ failures, refusals, loadRefusals, notes, ...rest }: Outcomes) {
  return {
    note: (event: string, params: Record<string, unknown>): string => {
      if (event === 'away') return rest.away(textOf(params));
      return event === 'closed' || event === 'reopened' ? notes[event] : notes.other;
    },
    failure: (code: ErrorCode): string => failures[code] ?? failures.other,
    refused: async (code: ErrorCode): Promise<string> => {
      // without them there is still something to say
      const more = code in refusals ? {} : await loadRefusals().catch(() => ({}));
      return { ...refusals, ...more }[code] ?? refusals.other;
    },
    attachment: (names: readonly string[]): string => names.join(', '),
    showsAgent: rest.showsAgent,
  };
}

function textOf({ text }: Record<string, unknown>): string | null {
  return typeof text === 'string' ? text : null;
}

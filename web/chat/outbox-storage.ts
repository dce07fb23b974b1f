/** Unsent messages in the storage of this tab: they outlive a reload, and no other tab sends them too. */
import type { OutboxEntry, OutboxStorage } from '#client/ports.ts';

/** The part of a tab's storage that is used. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The storage under a name, which carries the API and the user. Rejects when the browser refuses to store. */
export function outboxStorage(name: string, tab: TabStorage): OutboxStorage {
  const read = () => parseEntries(tab.getItem(name));
  const write = (entries: readonly OutboxEntry[]) => {
    if (entries.length === 0) tab.removeItem(name);
    else tab.setItem(name, JSON.stringify(entries));
  };
  return {
    load: async () => read(),
    put: async (entry) => write(withEntry(read(), entry)),
    remove: async (id) => write(read().filter(({ message }) => message.id !== id)),
  };
}

/** Whether an earlier page of this tab left something unsent for that API, whoever wrote it. */
export function hasUnsent(api: string, tab: Record<string, unknown>): boolean {
  return Object.keys(tab).some((name) => name.startsWith(`parley/${api}/`));
}

function withEntry(entries: readonly OutboxEntry[], entry: OutboxEntry): readonly OutboxEntry[] {
  const index = entries.findIndex(({ message }) => message.id === entry.message.id);
  return index === -1 ? [...entries, entry] : entries.with(index, entry);
}

/** What cannot be read is nothing: an older version of this page may have written it. */
function parseEntries(text: string | null): readonly OutboxEntry[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is OutboxEntry {
  return (
    isRecord(value) &&
    typeof value['roomId'] === 'string' &&
    typeof value['queuedAt'] === 'string' &&
    isRecord(value['message']) &&
    typeof value['message']['id'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

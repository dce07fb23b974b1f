/** The outbox's storage in a browser: one database for all tabs of a person, and word of every change between them. */
import type { OutboxEntry, OutboxNews, OutboxSiblings, OutboxStorage } from '#client/ports.ts';

import type { JoinedTabs } from '../tabs/join-tabs.ts';
import { isEntry, type UnsentDatabase, type UnsentRecord } from './unsent-database.ts';

const TOPIC = 'outbox';

export interface SharedOutboxOptions {
  readonly tabs: JoinedTabs;
  readonly database: UnsentDatabase;
  /** Says for the next visit whether anything is unsent. */
  readonly flag: (isUnsent: boolean) => void;
}

/** A storage that other tabs use too. */
export type SharedOutbox = OutboxStorage & { readonly siblings: OutboxSiblings };

/** The elected tab sends, whoever wrote. */
export function sharedOutbox({ tabs, database, flag }: SharedOutboxOptions): SharedOutbox {
  const { channel, isElected } = tabs;
  return {
    load: async () => {
      const [records, living] = await Promise.all([database.load(), tabs.living()]);
      const isElsewhere = ({ entry, owner }: UnsentRecord) =>
        lacksFiles(entry) && owner !== tabs.id && living.has(owner);
      return records.filter((record) => !isElsewhere(record)).map(({ entry }) => entry);
    },
    put: async (entry) => {
      flag(true);
      await database.put({ id: entry.message.id, entry, owner: tabs.id });
    },
    remove: async (id) => {
      if ((await database.remove(id)) === 0) flag(false);
    },
    siblings: {
      isSender: isElected,
      tell: (news) => channel.post(TOPIC, news),
      hear: (listener) =>
        channel.hear(TOPIC, (body) => {
          if (isNews(body)) listener(body);
        }),
    },
  };
}

/** Its files are in the hands of the tab that wrote it, as long as that lives. */
function lacksFiles({ message, files = [] }: OutboxEntry): boolean {
  return 'attachments' in message && message.attachments.length < files.length;
}

/** Another tab may run an older or a newer page. */
function isNews(body: unknown): body is OutboxNews {
  if (typeof body !== 'object' || body === null || !('type' in body)) return false;
  const { type } = body;
  if (type === 'put' || type === 'stored') return 'entry' in body && isEntry(body.entry);
  return type === 'removed' || type === 'paced' || type === 'nudge' || type === 'ended';
}

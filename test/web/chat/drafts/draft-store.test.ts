/** Drafts by room and person: over a reload, and with a storage that is full or forbidden. */
import { describe, expect, it } from 'vitest';

import { type DraftStorage, DraftStore } from '../../../../web/chat/drafts/draft-store.ts';

const NINO = 'parley/https://chat.example/v1/customer:42/42';
const GIORGI = 'parley/https://chat.example/v1/customer:7/7';

/** The browser's storage, which outlives a page. */
class FakeStorage implements DraftStorage {
  readonly items = new Map<string, string>();
  readonly getItem = (name: string) => this.items.get(name) ?? null;
  readonly setItem = (name: string, text: string) => void this.items.set(name, text);
  readonly removeItem = (name: string) => void this.items.delete(name);
}

const forbidden = (): never => {
  throw new DOMException('Denied', 'SecurityError');
};

describe('a draft', () => {
  it('is there again after a reload, in its room and for its writer only', () => {
    const storage = new FakeStorage();
    new DraftStore(() => storage).set(NINO, 'd-1', 'Is it');
    const reloaded = new DraftStore(() => storage);
    expect(reloaded.get(NINO, 'd-1')).toBe('Is it');
    expect(reloaded.get(NINO, 'd-2')).toBe('');
    expect(new DraftStore(() => storage).get(GIORGI, 'd-1')).toBe('');
  });

  it('is gone once it is sent', () => {
    const storage = new FakeStorage();
    const drafts = new DraftStore(() => storage);
    drafts.set(NINO, 'd-1', 'Is it');
    drafts.set(NINO, 'd-1', '');
    expect(drafts.get(NINO, 'd-1')).toBe('');
    expect(storage.items.size).toBe(0);
  });

  it('lives as long as the page where it cannot be kept', () => {
    const full = Object.assign(new FakeStorage(), { setItem: forbidden });
    for (const storage of [() => full, forbidden]) {
      const drafts = new DraftStore(storage);
      drafts.set(NINO, 'd-1', 'Is it');
      expect(drafts.get(NINO, 'd-1')).toBe('Is it');
      expect(drafts.get(NINO, 'd-2')).toBe('');
    }
  });

  it('is not kept while nobody knows whose it is, nor when it is a book', () => {
    const storage = new FakeStorage();
    const drafts = new DraftStore(() => storage);
    drafts.set(null, 'vendor-7', 'Is it');
    drafts.set(NINO, 'd-1', 'x'.repeat(20_001));
    expect(storage.items.size).toBe(0);
    expect(drafts.get(NINO, 'vendor-7')).toBe('Is it');
  });
});

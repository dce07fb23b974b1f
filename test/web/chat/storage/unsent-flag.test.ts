import { describe, expect, it } from 'vitest';

import { flagUnsent, hasUnsent } from '../../../../web/chat/storage/unsent-flag.ts';

const API = 'http://localhost/v1';
const NAME = `parley/${API}//42/customer/customer%3A42`;

/** A storage whose keys are its properties, as the browser's are. */
function aStorage() {
  const kept: Record<string, string> = {};
  return {
    kept,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key],
  };
}

describe('the word that something is unsent', () => {
  it('is of that API, whoever wrote, and goes again', () => {
    const storage = aStorage();
    expect(hasUnsent(API, () => storage.kept)).toBe(false);
    flagUnsent(() => storage, NAME, true);
    expect(hasUnsent(API, () => storage.kept)).toBe(true);
    expect(hasUnsent('http://localhost/v2', () => storage.kept)).toBe(false);
    flagUnsent(() => storage, NAME, false);
    expect(hasUnsent(API, () => storage.kept)).toBe(false);
  });

  it('is no, where the browser forbids to ask', () => {
    const forbid = () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    };
    expect(hasUnsent(API, forbid)).toBe(false);
    expect(() => flagUnsent(forbid, NAME, true)).not.toThrow();
  });
});

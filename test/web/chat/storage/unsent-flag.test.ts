import { describe, expect, it } from 'vitest';

import { flagUnsent, unsentOf } from '../../../../web/chat/storage/unsent-flag.ts';

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
    expect(unsentOf(API, () => storage.kept)).toEqual([]);
    flagUnsent(() => storage, NAME, true);
    expect(unsentOf(API, () => storage.kept)).toEqual([NAME]);
    expect(unsentOf('http://localhost/v2', () => storage.kept)).toEqual([]);
    flagUnsent(() => storage, NAME, false);
    expect(unsentOf(API, () => storage.kept)).toEqual([]);
  });

  it('is no, where the browser forbids to ask', () => {
    const forbid = () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    };
    expect(unsentOf(API, forbid)).toEqual([]);
    expect(() => flagUnsent(forbid, NAME, true)).not.toThrow();
  });
});

/** A logout takes away what is one person's, and nothing of anybody else. */
import { expect, it } from 'vitest';

import { forgetKept } from '../../../../web/chat/storage/forget-kept.ts';

/** A storage whose keys are its properties, as the browser's are. */
function storageOf(...names: string[]) {
  const storage = Object.fromEntries(names.map((name) => [name, '']));
  const removeItem = (name: string) => void Reflect.deleteProperty(storage, name);
  Object.defineProperty(storage, 'removeItem', { value: removeItem });
  return { left: () => Object.keys(storage), storage: storage as unknown as Storage };
}

it('forgets everything under the person’s name, in one go', () => {
  const { left, storage } = storageOf('p/42/draft/a', 'p/42/emoji', 'p/420/draft/a', 'theirs');
  forgetKept('p/42/', () => storage);
  expect(left()).toEqual(['p/420/draft/a', 'theirs']);
});

it('is content with a storage that is forbidden', () => {
  expect(() =>
    forgetKept('p/42', () => {
      throw new DOMException('no', 'SecurityError');
    }),
  ).not.toThrow();
});

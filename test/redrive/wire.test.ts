import { expect, it } from 'vitest';

import { wireOf } from '../../lib/redrive/wire.ts';

it('writes items as events have them: bytes in base64, everything else as it is', () => {
  const item = {
    text: { S: 'ბ' },
    bytes: { B: new Uint8Array([1, 2, 255]) },
    list: { L: [{ M: { deep: { BS: [new Uint8Array([0])] } } }, { NULL: true }] },
  };
  expect(wireOf(item)).toEqual({
    text: { S: 'ბ' },
    bytes: { B: 'AQL/' },
    list: { L: [{ M: { deep: { BS: ['AA=='] } } }, { NULL: true }] },
  });
});

/** Update expressions. */
import { expect, it } from 'vitest';

import { UpdateBuilder } from '#store/update.ts';

it('names every attribute by one placeholder and every value by its own', () => {
  const update = new UpdateBuilder();
  update.expect('#path < :value', ['read', 'vendor'], 5);
  update.set(['read', 'vendor'], 5);
  update.set(['status'], 'open');
  update.add(['flood', 'vendor'], 500);
  update.remove(['lane']);
  expect(update.build()).toEqual({
    UpdateExpression: 'SET #n0.#n1 = :v1, #n2 = :v2, #n3.#n1 = #n3.#n1 + :v3 REMOVE #n4',
    ConditionExpression: '#n0.#n1 < :v0',
    ExpressionAttributeNames: {
      '#n0': 'read',
      '#n1': 'vendor',
      '#n2': 'status',
      '#n3': 'flood',
      '#n4': 'lane',
    },
    ExpressionAttributeValues: { ':v0': 5, ':v1': 5, ':v2': 'open', ':v3': 500 },
  });
});

it('leaves out what it has none of', () => {
  const update = new UpdateBuilder();
  update.remove(['lane']);
  expect(update.build()).toEqual({
    UpdateExpression: 'REMOVE #n0',
    ExpressionAttributeNames: { '#n0': 'lane' },
  });
});

it('expects that not all of some conditions hold', () => {
  const update = new UpdateBuilder();
  update.set(['read', 'vendor'], 5);
  update.expect('#path < :value', ['read', 'vendor'], 5);
  update.expectNotAll([
    ['#path <= :value', ['said'], 5],
    ['#path > :value', ['seq'], 5],
  ]);
  expect(update.build()).toMatchObject({
    ConditionExpression: '#n0.#n1 < :v1 AND NOT (#n2 <= :v2 AND #n3 > :v3)',
    ExpressionAttributeNames: { '#n2': 'said', '#n3': 'seq' },
  });
});

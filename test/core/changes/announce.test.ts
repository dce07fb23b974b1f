/** Counting a change and telling of it. */
import { describe, expect, it } from 'vitest';

import { announce, isCounted, planCount } from '#core/changes/announce.ts';
import { lastMessageOf } from '#core/message.ts';
import { applyChange } from '#core/summary.ts';

import { aHead, aMessage, CUSTOMER, START_MS } from '../../support/builders.ts';
import { aConversation } from '../../support/conversation.ts';

const message = aMessage({ seq: 2, text: 'new', version: 2 });
const showing = (version?: number) =>
  lastMessageOf(aHead(), aMessage({ seq: 2, text: 'old', ...(version && { version }) }));

describe('a plan', () => {
  it('counts, and shows the newest version of the last message', () => {
    const head = aHead({ seq: 2, changes: 7, lastMessage: showing(1) });
    const plan = planCount(head, message, undefined);
    expect(plan).toMatchObject({ expect: { seq: 2, changes: 7 } });
    const after = plan && applyChange(head, plan);
    expect(after).toMatchObject({
      changes: 8,
      lastChange: { seq: 2, version: 2 },
      lastMessage: { seq: 2, preview: 'new', version: 2 },
    });
    // Nothing is left.
    expect(after && planCount(after, message, undefined)).toBeNull();
  });

  it('leaves a later message’s line, and a later version’s', () => {
    const others = [
      aHead({ seq: 3, lastMessage: { ...showing(), seq: 3 } }),
      aHead({ seq: 2, lastMessage: showing(3) }),
    ];
    for (const head of others) {
      const plan = planCount(head, message, undefined);
      expect(plan?.set).not.toHaveProperty('lastMessage');
      expect(plan?.expect).toEqual({ changes: 0 });
    }
  });

  it('mends a line that fell behind what was counted, and counts that too', () => {
    const head = aHead({
      seq: 2,
      changes: 4,
      lastChange: { seq: 2, version: 2 },
      lastMessage: showing(),
    });
    expect(planCount(head, message, undefined)?.set).toMatchObject({
      changes: 5,
      lastMessage: { preview: 'new' },
    });
  });

  it('takes from the quota in the same write', () => {
    const flood = { side: 'customer' as const, costMs: 500, nowMs: START_MS };
    expect(planCount(aHead(), message, flood)?.spend).toEqual({
      side: 'customer',
      costMs: 500,
      wholeAtMs: START_MS,
    });
  });
});

it.each([
  [{ seq: 2, version: 2 }, true],
  [{ seq: 2, version: 3 }, true],
  [{ seq: 2, version: 1 }, false],
  [{ seq: 1, version: 2 }, false],
  [undefined, false],
])('with %j counted last the change is counted: %s', (lastChange, expected) => {
  expect(isCounted(aHead(lastChange && { lastChange }), message)).toBe(expected);
});

describe('announce', () => {
  const first = aMessage({ version: 1, text: 'new' });

  it('tells everybody but the causing device, with the number it counted', async () => {
    const { ports, head, updatesTo } = aConversation([first], { head: { changes: 6 } });
    const changes = await announce(ports, {
      head: aHead(),
      message: first,
      cause: { side: 'customer', skip: { device: 'phone' } },
    });
    expect(changes).toBe(7);
    expect(head()?.changes).toBe(7);
    expect(updatesTo('c-phone')).toEqual([]);
    expect(updatesTo('c-laptop')).toMatchObject([{ changes: 7, message: { text: 'new' } }]);
    expect(updatesTo('v-desk')).toMatchObject([{ changes: 7, message: { text: 'new' } }]);
  });

  it('does not skip a device of the other side that has the same name', async () => {
    const { ports, updatesTo } = aConversation([first]);
    const cause = { side: 'customer' as const, skip: { device: 'desk' } };
    await announce(ports, { head: aHead(), message: first, cause });
    expect(updatesTo('v-desk')).toHaveLength(1);
  });

  it('repeated tells under the same number while it is the last', async () => {
    const { ports, updatesTo } = aConversation([first]);
    const told = [1, 2].map(() => announce(ports, { head: aHead(), message: first }));
    expect(await Promise.all(told)).toEqual([1, 1]);
    expect(updatesTo('v-desk').map(({ changes }) => changes)).toEqual([1, 1]);
  });

  it('leaves it to a later version that was counted to tell', async () => {
    const head = aHead({ changes: 3, lastChange: { seq: 1, version: 2 } });
    const { ports, updatesTo } = aConversation([first], { head });
    expect(await announce(ports, { head, message: first })).toBe(3);
    expect(updatesTo('v-desk')).toEqual([]);
  });

  it('reads each side’s connections once', async () => {
    const { ports } = aConversation([first]);
    const asked: string[] = [];
    const list: typeof ports.connections.list = (member, options) => {
      asked.push(member);
      return ports.connections.list(member, options);
    };
    const connections = { ...ports.connections, list };
    await announce({ ...ports, connections }, { head: aHead(), message: first });
    expect(asked.filter((member) => member === CUSTOMER)).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });
});

/** What one write of a head changes. */
import { describe, expect, it } from 'vitest';

import type { StoredMessage } from '#core/message.ts';
import type { StoredHead } from '#core/room.ts';
import { applyChange, changeAsPlanned, planMarks, planSummary } from '#core/summary.ts';

import { aHead, aMessage, CUSTOMER, VENDOR } from '../support/builders.ts';

const plan = (head: StoredHead, sender: typeof CUSTOMER, seq = head.seq + 1) =>
  planSummary(head, { message: aMessage({ seq, sender }), readBy: null, deliveredTo: [] });

describe('the lane after a message', () => {
  it.each([
    ['is attention from the first customer message', {}, CUSTOMER, 'attention'],
    ['is not written again by the second', { lane: 'attention' as const }, CUSTOMER, undefined],
    ['is not cleared by an answer', { lane: 'attention' as const }, VENDOR, undefined],
    ['is not entered by the vendor’s own message', {}, VENDOR, undefined],
    [
      'is left when the vendor reopens',
      { lane: 'closed' as const, status: 'closed' as const },
      VENDOR,
      null,
    ],
    [
      'is attention when the customer reopens',
      { lane: 'closed' as const, status: 'closed' as const },
      CUSTOMER,
      'attention',
    ],
  ])('%s', (_name, overrides, sender, expected) => {
    const lane = plan(aHead(overrides), sender)?.set?.lane;
    expect(lane === null ? null : lane?.name).toBe(expected);
  });

  it('is attention where the summary skips what may have been a question', () => {
    expect(plan(aHead({ seq: 1 }), VENDOR, 3)?.set?.lane?.name).toBe('attention');
  });
});

describe('a plan', () => {
  it('expects what it assumed of a head that may lag', () => {
    expect(plan(aHead({ lane: 'attention' }), CUSTOMER)?.expect).toEqual({
      seqBelow: 1,
      status: 'open',
      lane: 'attention',
    });
  });

  it('moves the mark that lies right before its sender’s message, and waits for one on its way there', () => {
    const near = aHead({ seq: 3, read: { customer: 3, vendor: 1 }, markedByCustomer: true });
    expect(plan(near, CUSTOMER)).toMatchObject({
      raise: { read: { customer: 4 } },
      mark: { customer: false },
    });
    const far = plan(aHead({ seq: 3, read: { customer: 2, vendor: 1 } }), CUSTOMER);
    expect(far?.raise?.read).toEqual({});
    expect(far?.expect.read).toEqual({ customer: 2 });
  });

  it('is the marks alone when a later message was faster, and nothing where they stand', () => {
    const consequences = {
      message: aMessage({ seq: 2 }),
      readBy: 'customer' as const,
      deliveredTo: ['vendor' as const],
    };
    const behind = planSummary(aHead({ seq: 3 }), consequences);
    expect(behind).toMatchObject({
      expect: {},
      raise: { read: { customer: 2 }, delivered: { vendor: 2 } },
    });
    expect(behind).not.toHaveProperty('set');
    const there = aHead({
      seq: 3,
      read: { customer: 3, vendor: 0 },
      delivered: { customer: 0, vendor: 2 },
    });
    expect(planSummary(there, consequences)).toBeNull();
  });

  it('adds to the quota what a message took, also when a later message was faster', () => {
    const flood = { side: 'customer' as const, costMs: 500, nowMs: 10_000 };
    const consequences = { message: aMessage(), readBy: null, deliveredTo: [], flood };
    const whole = planSummary(aHead(), consequences);
    expect(whole?.spend).toEqual({ side: 'customer', costMs: 500, wholeAtMs: 10_000 });
    const head = aHead({ seq: 3, flood: { customer: 10_500, vendor: 0 } });
    const added = planSummary(head, consequences);
    expect(added).toMatchObject({ expect: {}, spend: { side: 'customer', costMs: 500 } });
    expect(added?.spend).not.toHaveProperty('wholeAtMs');
    if (whole === null || added === null) throw new Error('Both are planned.');
    expect(applyChange(aHead(), whole).flood.customer).toBe(10_500);
    expect(applyChange(head, added).flood).toEqual({ customer: 11_000, vendor: 0 });
  });

  it('raises marks only', () => {
    const head = aHead({ read: { customer: 3, vendor: 3 } });
    expect(planMarks(head, { read: { customer: 3, vendor: 2 } })).toBeNull();
    expect(planMarks(head, { read: { customer: 4, vendor: 2 } })?.raise?.read).toEqual({
      customer: 4,
    });
  });
});

describe('a plan for a read mark', () => {
  it('unmarks the room, also where the mark does not grow', () => {
    const head = aHead({ seq: 3, read: { customer: 0, vendor: 3 }, markedByVendor: true });
    const change = planMarks(head, { read: { vendor: 3 }, delivered: { vendor: 3 } });
    expect(change).toMatchObject({ mark: { vendor: false } });
    expect(planMarks(head, { delivered: { vendor: 3 } })).not.toHaveProperty('mark');
    if (change === null) throw new Error('It is planned.');
    expect(applyChange(head, change)).not.toHaveProperty('markedByVendor');
  });

  it('takes it through the system messages at the end', () => {
    const head = aHead({ seq: 5, said: 3, read: { customer: 3, vendor: 1 } });
    expect(planMarks(head, { read: { vendor: 3 } })?.raise?.read).toEqual({ vendor: 5 });
    expect(planMarks(head, { read: { vendor: 2 } })?.raise?.read).toEqual({ vendor: 2 });
  });
});

describe('a summary that skips messages it knows', () => {
  const system = (seq: number, event: string) => {
    const { sender: _sender, ...rest } = aMessage({ seq, type: 'system' });
    return { ...rest, system: { event, params: {} } };
  };
  const skip = (head: StoredHead, ...messages: StoredMessage[]) => {
    const message = messages.pop() ?? aMessage();
    return planSummary(head, { message, between: messages, readBy: null, deliveredTo: [] });
  };

  it('takes over what each of them says', () => {
    const head = aHead({ seq: 1, said: 1, read: { customer: 1, vendor: 0 } });
    const change = skip(head, aMessage({ seq: 2, sender: VENDOR }), system(3, 'closed'));
    expect(change).toMatchObject({
      expect: { read: { customer: 1, vendor: 0 } },
      set: { seq: 3, said: 2, lastFrom: 'vendor', status: 'closed' },
    });
    const reopened = skip(head, system(2, 'closed'), system(3, 'reopened'), system(4, 'away'));
    expect(reopened).toMatchObject({
      raise: { read: { customer: 4 } },
      set: { seq: 4, said: 1, status: 'open' },
    });
  });

  it('moves the mark of whoever had read all before a system message, also when it comes late', () => {
    const head = aHead({ seq: 9, said: 9, read: { customer: 3, vendor: 2 } });
    expect(skip(head, system(4, 'away'))?.raise?.read).toEqual({ customer: 4 });
  });
});

describe('changeAsPlanned', () => {
  it('plans anew from what a refusal shows', async () => {
    const actual = aHead({ seq: 1, read: { customer: 0, vendor: 1 } });
    const changes: unknown[] = [];
    const changeHead = async (change: unknown) => {
      changes.push(change);
      return changes.length === 1
        ? ({ changed: false, head: actual } as const)
        : ({ changed: true } as const);
    };
    const marks = { read: { customer: 1, vendor: 1 } };
    const result = await changeAsPlanned({ changeHead }, aHead(), (head) => planMarks(head, marks));
    expect(changes).toMatchObject([
      { raise: { read: marks.read } },
      { raise: { read: { customer: 1 } } },
    ]);
    expect(result).toEqual({
      changed: true,
      head: { ...actual, read: { customer: 1, vendor: 1 } },
    });
  });

  it('gives up where others keep being faster', async () => {
    const changeHead = async () => ({ changed: false, head: aHead() }) as const;
    const endless = changeAsPlanned({ changeHead }, aHead(), (head) =>
      planMarks(head, { read: { vendor: 1 } }),
    );
    await expect(endless).rejects.toMatchObject({ code: 'unavailable' });
  });
});

it('applies a change as the database would', () => {
  const head = aHead({ lane: 'closed', status: 'closed' });
  const change = {
    roomId: head.roomId,
    vendor: VENDOR,
    expect: {},
    set: { lane: null, status: 'open' as const },
  };
  const after = applyChange(head, change);
  expect(after).not.toHaveProperty('lane');
  expect(after.status).toBe('open');
});

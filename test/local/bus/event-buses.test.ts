import { describe, expect, it } from 'vitest';

import { createEventBuses, type DeliveredEvent } from '../../../lib/local/bus/event-buses.ts';
import type { RuleModel, RuleTarget } from '../../../lib/local/model.ts';

const BUS = {
  logicalId: 'Chat/Bus',
  busName: 'parley',
  arn: 'arn:aws:events:us-east-1:000000000000:event-bus/parley',
};

const anEvent = (id: string, type = 'message.created'): DeliveredEvent => ({
  version: '0',
  id,
  'detail-type': type,
  source: 'parley',
  account: '000000000000',
  time: '2026-11-22T16:05:47Z',
  region: 'us-east-1',
  resources: [],
  detail: { key: 'd-1#1' },
});

function busesWith(rules: readonly RuleModel[] = []) {
  const sent: [RuleTarget, string][] = [];
  const send = (target: RuleTarget, { id }: DeliveredEvent) => void sent.push([target, id]);
  return { buses: createEventBuses({ buses: [BUS], rules, send }), sent };
}

const ids = (events: readonly DeliveredEvent[]) => events.map(({ id }) => id);

describe('the event buses', () => {
  it.each([
    ['parley', 'parley'],
    [BUS.arn, 'parley'],
    ['', 'default'],
    ['default', 'default'],
    ['lost', undefined],
    ['arn:aws:events:us-east-1:000000000000:event-bus/lost', undefined],
  ])('know %j as %j', (name, found) => {
    expect(busesWith().buses.find(name)).toBe(found);
  });

  it('list what came, from any event on', () => {
    const { buses } = busesWith();
    for (const id of ['a', 'b', 'c']) buses.deliver('parley', anEvent(id));
    expect(ids(buses.list())).toEqual(['a', 'b', 'c']);
    expect(ids(buses.list('b'))).toEqual(['c']);
    expect(ids(buses.list('c'))).toEqual([]);
    expect(ids(buses.list('forgotten'))).toEqual(['a', 'b', 'c']);
  });

  it('forget the oldest beyond a thousand', () => {
    const { buses } = busesWith();
    for (let at = 0; at <= 1_000; at += 1) buses.deliver('parley', anEvent(String(at)));
    expect(buses.list()).toHaveLength(1_000);
    expect(buses.list()[0]?.id).toBe('1');
  });

  it('tell whoever listens', () => {
    const { buses } = busesWith();
    const heard: string[] = [];
    const stop = buses.subscribe(({ id }) => heard.push(id));
    buses.deliver('parley', anEvent('a'));
    stop();
    buses.deliver('parley', anEvent('b'));
    expect(heard).toEqual(['a']);
  });

  it('hand to a rule what its pattern asks for, from its own bus', () => {
    const mail: RuleTarget = { kind: 'function', id: 'Chat/Mail' };
    const all: RuleTarget = { kind: 'queue', id: 'Chat/All' };
    const rule = { logicalId: 'Chat/Rule', busName: 'parley' };
    const { buses, sent } = busesWith([
      { ...rule, pattern: { 'detail-type': ['member.unread'] }, targets: [mail] },
      { ...rule, pattern: { source: ['parley'] }, targets: [all] },
      { ...rule, busName: 'default', pattern: {}, targets: [mail] },
    ]);
    buses.deliver('parley', anEvent('a'));
    buses.deliver('parley', anEvent('b', 'member.unread'));
    expect(sent).toEqual([
      [all, 'a'],
      [mail, 'b'],
      [all, 'b'],
    ]);
  });
});

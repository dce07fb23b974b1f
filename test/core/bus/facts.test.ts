/** Which events follow from what happened to messages. */
import { describe, expect, it } from 'vitest';

import { factsOf, type LogChange, publishFacts } from '#core/bus/facts.ts';

import { aHead, aMessage, aProduct, CUSTOMER, START_MS, VENDOR } from '../../support/builders.ts';
import { parsedDetail, Telling } from '../../support/telling.ts';

const head = aHead({ changes: 4 });
const at = new Date(START_MS).toISOString();
const later = new Date(START_MS + 60_000).toISOString();

function aChange(overrides: Partial<LogChange> = {}): LogChange {
  return { message: aMessage(), before: null, at, version: '100', ...overrides };
}

const { sender: _sender, senderName: _name, ...nobodys } = aMessage({ seq: 3, type: 'system' });
const closed = { ...nobodys, system: { event: 'closed', params: {} } };

describe('the events of a change', () => {
  it.each([
    ['the first message', aChange(), ['room.created', 'message.created']],
    ['another message', aChange({ message: aMessage({ seq: 2 }) }), ['message.created']],
    ['a closing', aChange({ message: closed }), ['message.created', 'room.closed']],
    [
      'a reopening',
      aChange({ message: { ...closed, system: { event: 'reopened', params: {} } } }),
      ['message.created'],
    ],
    [
      'an edit',
      aChange({ before: aMessage(), message: aMessage({ text: 'x', editedAt: later }) }),
      ['message.updated'],
    ],
  ])('are of %s', (_, change, types) => {
    const events = factsOf({ head, about: null }, change);
    expect(events.map(({ type }) => type)).toEqual(types);
    for (const event of events) expect(parsedDetail(event)).toEqual(event.detail);
  });

  it('are none where nobody can see a difference', () => {
    const message = aMessage();
    expect(factsOf({ head, about: null }, aChange({ before: message, message }))).toEqual([]);
    const swept = { ...message, removedKeys: ['a'] };
    expect(factsOf({ head, about: null }, aChange({ before: swept, message }))).toEqual([]);
  });

  it('say the same each time, and something else of each version', () => {
    const message = aMessage();
    const edited = (text: string, version: string) =>
      factsOf(
        { head, about: null },
        aChange({ before: message, message: { ...message, text }, version }),
      )[0];
    expect(edited('one', '1')).toEqual(edited('one', '1'));
    expect(edited('one', '1')?.detail.key).not.toBe(edited('two', '2')?.detail.key);
    expect(edited('two', '2')?.detail).toMatchObject({
      at,
      changes: 4,
      customer: CUSTOMER,
      vendor: VENDOR,
      message: { seq: 1, text: 'two' },
    });
  });

  it.each([VENDOR, CUSTOMER])('keep who of the staff wrote to themselves, %s', (sender) => {
    const message = aMessage({ sender, agent: { user: 'ana', name: 'Ana' } });
    const events = factsOf({ head, about: null }, aChange({ message }));
    expect(events[1]?.detail).toMatchObject({
      message: { sender: { member: sender, agent: null } },
    });
    expect(JSON.stringify(events)).not.toContain('ana');
  });

  it('show nothing of a deleted message', () => {
    const before = aMessage({ text: 'secret' });
    const message = { ...before, deletedAt: later };
    const events = factsOf({ head, about: null }, aChange({ before, message }));
    expect(events).toMatchObject([{ detail: { message: { text: null, deletedAt: later } } }]);
    expect(JSON.stringify(events)).not.toContain('secret');
  });
});

describe('publishing', () => {
  const rooms = (asked: string[] = []) => ({
    getAbout: async (roomId: string) => {
      asked.push(roomId);
      return { roomId, names: {}, pictures: {}, product: aProduct() };
    },
  });

  it('tells what a new room is about', async () => {
    const telling = new Telling();
    const changes = [aChange(), aChange({ message: aMessage({ seq: 2 }) })];
    const { bus } = telling.ports();
    expect(await publishFacts({ rooms: rooms(), bus }, { head, changes })).toBe(3);
    expect(telling.types()).toEqual(['room.created', 'message.created', 'message.created']);
    expect(telling.published[0]?.detail).toMatchObject({ product: aProduct(), at });
  });

  it('asks and tells nothing that nobody wants', async () => {
    const telling = new Telling();
    telling.wanted = ['room.closed'];
    const asked: string[] = [];
    const { bus } = telling.ports();
    await publishFacts({ rooms: rooms(asked), bus }, { head, changes: [aChange()] });
    expect([asked, telling.published]).toEqual([[], []]);
  });

  it('fails where the bus does', async () => {
    const telling = new Telling();
    telling.failures.push('bus');
    const { bus } = telling.ports();
    const published = publishFacts({ rooms: rooms(), bus }, { head, changes: [aChange()] });
    await expect(published).rejects.toThrow('does not answer');
  });
});

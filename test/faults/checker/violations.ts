/** What can go wrong, planted into a run as it should be. */
import type { Rule } from './finding.ts';
import {
  aFetch,
  aMessage,
  aPresence,
  aSend,
  anEdit,
  anEvent,
  at,
  NINO,
  ROOM,
  type Run,
  SHOP,
  shown,
  timeOf,
  times,
  withMessages,
} from './run.ts';

/** What is planted, the rule that finds it, and the clients it names. */
export const PLANTED: [name: string, rule: Rule, who: string, plant: (run: Run) => void][] = [
  [
    'an acknowledged message is missing for one member',
    'lost',
    SHOP,
    (run) => {
      run.shop = withMessages(run.shop, (all) => all.slice(0, 3));
    },
  ],
  [
    'another message stands in its place',
    'lost',
    'desk',
    (run) => {
      run.history.add(aSend(4, { id: 'other' }));
    },
  ],
  [
    'an acknowledged edit is undone',
    'lost',
    'phone',
    (run) => {
      run.history.add(anEdit());
    },
  ],
  [
    'a deleted message still has its text',
    'lost',
    'phone',
    (run) => {
      run.history.add(anEdit({ what: 'delete', text: null }));
    },
  ],
  [
    'a text that nobody wrote',
    'lost',
    'phone',
    (run) => {
      run.nino = withMessages(run.nino, ([, ...rest]) => [aMessage(1, { text: '?' }), ...rest]);
    },
  ],
  [
    'a room that nobody read at the end',
    'lost',
    NINO,
    (run) => {
      run.history.addRoom('d-2', [NINO]);
    },
  ],
  [
    'a message stands twice',
    'doubled',
    NINO,
    (run) => {
      run.nino = withMessages(run.nino, (all) => [...all, aMessage(5, { id: 'm3' })]);
    },
  ],
  [
    'a retry is acknowledged under another number',
    'doubled',
    'phone',
    (run) => {
      run.history.add(aSend(4, { id: 'm3', client: 'phone', seq: 4 }));
    },
  ],
  [
    'a gap',
    'numbers',
    NINO,
    (run) => {
      run.nino = withMessages(run.nino, (all) => all.toSpliced(1, 1));
    },
  ],
  [
    'a room that counts other than its log',
    'numbers',
    NINO,
    (run) => {
      run.nino = { ...run.nino, seq: 5 };
    },
  ],
  [
    'another log for the other member',
    'same',
    SHOP,
    (run) => {
      run.shop = withMessages(run.shop, (all) => all.with(2, aMessage(3, { at: at(3.5) })));
    },
  ],
  [
    'an event whose message stands nowhere',
    'same',
    'desk',
    (run) => {
      run.history.add(anEvent('desk', aMessage(3, { id: 'ghost' })));
    },
  ],
  [
    'a page that showed another message',
    'same',
    'phone',
    (run) => {
      run.history.add(aFetch(3, [aMessage(4, { id: 'ghost' })]));
    },
  ],
  [
    'a message that nobody sent',
    'invented',
    NINO,
    (run) => {
      run.nino = withMessages(run.nino, (all) => [...all, aMessage(5)]);
    },
  ],
  [
    'time runs back',
    'time',
    NINO,
    (run) => {
      run.nino = withMessages(run.nino, (all) => all.with(2, aMessage(3, { at: at(1) })));
    },
  ],
  [
    'a later message stands before an earlier one',
    'order',
    'phone',
    (run) => {
      run.history.entries[2] = aSend(1, times(30));
    },
  ],
  [
    'a page lacks what was acknowledged',
    'backwards',
    'phone',
    (run) => {
      run.history.add(aFetch(0, [aMessage(1)]));
    },
  ],
  [
    'a page has a hole',
    'backwards',
    'phone',
    (run) => {
      run.history.add(aFetch(0, [aMessage(1), aMessage(2), aMessage(4)]));
    },
  ],
  [
    'a page begins too late',
    'backwards',
    'phone',
    (run) => {
      run.history.add(aFetch(0, [aMessage(3), aMessage(4)]));
    },
  ],
  [
    'an older page ends too late',
    'backwards',
    'phone',
    (run) => {
      run.history.add(aFetch(0, [aMessage(3), aMessage(4)], { after: null, before: 4 }));
    },
  ],
  [
    'an application shows less than before',
    'backwards',
    'phone',
    (run) => {
      run.history.add(shown({ lastSeq: 4 }));
      run.history.add(shown({ lastSeq: 3 }));
    },
  ],
  [
    'a shown mark shrinks',
    'marks',
    'phone',
    (run) => {
      run.history.add(shown({ read: { [SHOP]: 3 } }));
      run.history.add(shown({ read: { [SHOP]: 2 } }));
    },
  ],
  [
    'an acknowledged mark is forgotten',
    'marks',
    NINO,
    (run) => {
      run.nino = { ...run.nino, read: { ...run.nino.read, [NINO]: 3 }, unread: 1 };
    },
  ],
  [
    'a mark lies where nobody read',
    'marks',
    SHOP,
    ({ history, ...run }) => {
      for (const final of [run.nino, run.shop]) {
        Object.assign(
          final,
          withMessages(final, (all) => [...all, aMessage(5)]),
        );
        Object.assign(final.read, { [SHOP]: 5 });
      }
      history.add(aSend(5));
    },
  ],
  [
    'the sides are told different marks',
    'marks',
    NINO,
    (run) => {
      run.shop = { ...run.shop, read: { ...run.shop.read, [NINO]: 3 } };
    },
  ],
  [
    'a wrong count of a room',
    'unread',
    NINO,
    (run) => {
      run.nino = { ...run.nino, unread: 1 };
    },
  ],
  [
    'wrong counts over all rooms',
    'unread',
    NINO,
    ({ history }) => {
      history.unreadFinals.push({ member: NINO, rooms: 1, messages: 2 });
    },
  ],
  [
    'a device lacks the newest message',
    'converged',
    'phone',
    ({ history, nino }) => {
      const messages = nino.messages.slice(0, 3);
      history.deviceFinals.push({ client: 'phone', roomId: ROOM, unread: 0, unsent: 0, messages });
    },
  ],
  [
    'a device shows an older version',
    'converged',
    'phone',
    ({ history, nino }) => {
      const messages = nino.messages.with(1, aMessage(2, { version: 1 }));
      history.deviceFinals.push({ client: 'phone', roomId: ROOM, unread: 0, unsent: 0, messages });
    },
  ],
  [
    'a device shows nothing',
    'converged',
    'phone',
    ({ history }) => {
      const nothing = { unread: 0, unsent: 0, messages: [] };
      history.deviceFinals.push({ client: 'phone', roomId: ROOM, ...nothing });
    },
  ],
  [
    'a device counts other than the room',
    'converged',
    'phone',
    ({ history, nino: { messages } }) => {
      history.deviceFinals.push({ client: 'phone', roomId: ROOM, unread: 2, unsent: 0, messages });
    },
  ],
  [
    'a message never left its device',
    'converged',
    'phone',
    ({ history, nino: { messages } }) => {
      history.deviceFinals.push({ client: 'phone', roomId: ROOM, unread: 0, unsent: 1, messages });
    },
  ],
  [
    'somebody with a socket is said to be away',
    'presence',
    SHOP,
    ({ history }) => {
      history.add(aPresence({ online: false, onlineUntil: null, ...times(60) }));
    },
  ],
  [
    'somebody without a socket is said to be there',
    'presence',
    NINO,
    ({ history }) => {
      history.add({ kind: 'socket', client: 'phone', atMs: timeOf(5), isOpen: false });
      const later = { ...times(16 * 60), onlineUntil: at(20 * 60) };
      history.add(aPresence({ client: 'desk', about: NINO, ...later }));
    },
  ],
  [
    'a statement holds longer than the TTL',
    'presence',
    SHOP,
    ({ history }) => {
      history.add(aPresence({ onlineUntil: at(16 * 60) }));
    },
  ],
  [
    'a statement does not say until when it holds',
    'presence',
    SHOP,
    ({ history }) => {
      history.add(aPresence({ onlineUntil: null }));
    },
  ],
  [
    'a stranger gets an event',
    'privacy',
    'stranger',
    ({ history }) => {
      history.add(anEvent('stranger', aMessage(1)));
    },
  ],
  [
    'a suspended user gets an event',
    'suspended',
    'desk',
    ({ history }) => {
      history.add({ kind: 'suspension', user: 'ana', atMs: timeOf(0) });
      history.add(anEvent('desk', aMessage(3), 61));
    },
  ],
];

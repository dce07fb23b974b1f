/** Attaching: owner, size and bytes are checked, these bytes are copied, and nothing exchanges them. */
import { describe, expect, it } from 'vitest';

import { attach, type AttachCommand, type KeepCommand } from '#core/attachments/attach.ts';
import { draftAttachments } from '#core/attachments/draft.ts';
import { deleteMessage } from '#core/changes/delete.ts';
import { send } from '#core/send.ts';
import { ChatError } from '#protocol/errors.ts';

import { aCustomer, aHead, aText, CUSTOMER, rulesWith, VENDOR } from '../../support/builders.ts';
import { portsOver, World } from '../../support/builders-ports.ts';
import { A_PNG, anUpload, FakeFiles } from '../../support/fake-files.ts';
import { fakeStore, FakeTables } from '../../support/fake-store.ts';

const { roomId } = aHead();
const MINE = { roomId, member: CUSTOMER } as const;
const pdf = new Uint8Array(Buffer.from('%PDF-1.7'));

function aCommand(overrides: Partial<AttachCommand> = {}): AttachCommand {
  return {
    ...MINE,
    messageId: 'm1',
    onlyPictures: false,
    attachments: draftAttachments([{ key: 'k1', name: 'ჯამი.png' }]),
    ...overrides,
  };
}

function filesWith(...keys: readonly string[]): FakeFiles {
  const files = new FakeFiles();
  for (const key of keys) files.pending.set(key, anUpload({ roomId }));
  return files;
}

const attachTo = (files: FakeFiles, command = aCommand(), limits = {}) =>
  attach({ objects: files.objects, rules: rulesWith(limits) }, command);

const refusal = (n: number, message: string) =>
  expect.objectContaining({
    code: 'invalid',
    details: { errors: [{ path: `message.attachments.${n}.key`, message }] },
  });
const NOT_YOURS = 'is no upload of yours for this room';

describe('an upload', () => {
  it('becomes a file of the room, with what its bytes say', async () => {
    const files = filesWith('k1');
    const stored = await attachTo(files);
    expect(stored).toEqual([
      { key: 'k1', name: 'ჯამი.png', contentType: 'image/png', size: 48_211, width: 4, height: 3 },
    ]);
    expect(files.keptOf(roomId, 'k1')).toEqual({
      member: CUSTOMER,
      messageId: 'm1',
      contentType: 'image/png',
      size: 48_211,
      width: 4,
      height: 3,
      etag: files.pending.get('k1')?.etag,
      disposition: `inline; filename="____.png"; filename*=UTF-8''%E1%83%AF%E1%83%90%E1%83%9B%E1%83%98.png`,
    });
  });

  it('is named after its type', async () => {
    const files = filesWith('k1');
    const attachments = draftAttachments([{ key: 'k1', name: 'bill.exe' }]);
    const [stored] = await attachTo(files, aCommand({ attachments }));
    expect(stored?.name).toBe('bill.exe.png');
    expect(files.keptOf(roomId, 'k1')?.disposition).toBe('inline; filename="bill.exe.png"');
  });

  it.each([
    ['that does not exist', undefined],
    ['of another member', { member: VENDOR }],
    ['for another room', { roomId: 'd-other' }],
    ['of nobody', { member: '', roomId: '' }],
    ['of a type that is not let through', { contentType: 'text/html' }],
  ])('%s is refused, and nothing is copied', async (_, changes) => {
    const files = new FakeFiles();
    if (changes !== undefined) files.pending.set('k1', anUpload({ roomId, ...changes }));
    await expect(attachTo(files)).rejects.toThrow(refusal(0, NOT_YOURS));
    expect(files.kept.size).toBe(0);
  });

  it('of another member takes the same requests as none', async () => {
    const none = new FakeFiles();
    const others = new FakeFiles();
    others.pending.set('k1', anUpload({ roomId, member: VENDOR }));
    await Promise.allSettled([attachTo(none), attachTo(others)]);
    expect(others.requests).toEqual(none.requests);
  });

  it('may be as large as allowed, and not a byte larger', async () => {
    const files = filesWith('k1');
    await attachTo(files, aCommand(), { maxAttachmentBytes: 48_211 });
    await expect(
      attachTo(filesWith('k1'), aCommand(), { maxAttachmentBytes: 48_210 }),
    ).rejects.toThrow(refusal(0, 'is larger than allowed'));
  });

  it('that is not what it says it is is refused', async () => {
    const files = filesWith();
    files.pending.set('k1', anUpload({ roomId, firstBytes: pdf }));
    await expect(attachTo(files)).rejects.toThrow(refusal(0, 'is not what it says it is'));
    expect(files.kept.size).toBe(0);
  });

  it('that is no picture is no picture’s message’s', async () => {
    const files = filesWith();
    files.pending.set('k1', anUpload({ roomId, contentType: 'application/pdf', firstBytes: pdf }));
    await expect(attachTo(files, aCommand({ onlyPictures: true }))).rejects.toThrow(
      refusal(0, 'is no picture'),
    );
    expect(await attachTo(files)).toMatchObject([{ contentType: 'application/pdf' }]);
    // Also where the first try copied it as a file.
    files.pending.clear();
    await expect(attachTo(files, aCommand({ onlyPictures: true }))).rejects.toThrow(
      refusal(0, 'is no picture'),
    );
  });
});

describe('measures', () => {
  const measured = async (claims: object, upload: object = {}) => {
    const files = filesWith();
    files.pending.set('k1', anUpload({ roomId, ...upload }));
    const attachments = draftAttachments([{ key: 'k1', name: 'a', ...claims }]);
    const [stored] = await attachTo(files, aCommand({ attachments }));
    return [stored?.width, stored?.height];
  };
  const unreadable = { firstBytes: A_PNG.subarray(0, 16) };

  it('are what the bytes say, whatever the client says', async () => {
    expect(await measured({ width: 1, height: 1 })).toEqual([4, 3]);
  });

  it('are the client’s where the bytes do not tell', async () => {
    expect(await measured({ width: 7, height: 8 }, unreadable)).toEqual([7, 8]);
    expect(await measured({}, unreadable)).toEqual([undefined, undefined]);
    expect(await measured({ width: 7 }, unreadable)).toEqual([undefined, undefined]);
  });

  it('are none where no picture has them', async () => {
    expect(await measured({ width: 65_535, height: 1 }, unreadable)).toEqual([65_535, 1]);
    expect(await measured({ width: 65_536, height: 1 }, unreadable)).toEqual([
      undefined,
      undefined,
    ]);
    const lying = A_PNG.slice();
    lying.set([0xff, 0xff, 0xff, 0xff], 16);
    expect(await measured({}, { firstBytes: lying })).toEqual([undefined, undefined]);
  });

  it('are no document’s', async () => {
    const document = { contentType: 'application/pdf', firstBytes: pdf };
    expect(await measured({ width: 7, height: 8 }, document)).toEqual([undefined, undefined]);
  });
});

describe('several files', () => {
  const five = ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6'];
  const attachments = draftAttachments(five.map((key) => ({ key, name: `${key}.png` })));

  it('stay in their order, however long each takes', async () => {
    const files = filesWith(...five);
    files.onRequest = async (request) => {
      if (request.endsWith('0')) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const stored = await attachTo(files, aCommand({ attachments }));
    expect(stored.map(({ key }) => key)).toEqual(five);
  });

  it('are asked for five at a time', async () => {
    const files = filesWith(...five);
    let running = 0;
    let most = 0;
    files.onRequest = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
    };
    await attachTo(files, aCommand({ attachments }));
    expect(most).toBe(5);
  });

  it('are refused together, each by its place, and none is copied', async () => {
    const files = filesWith('k0', 'k2', 'k3', 'k4', 'k6');
    files.pending.set('k3', anUpload({ roomId, firstBytes: pdf }));
    await expect(attachTo(files, aCommand({ attachments }))).rejects.toThrow(
      expect.objectContaining({
        details: {
          errors: [
            { path: 'message.attachments.1.key', message: NOT_YOURS },
            { path: 'message.attachments.3.key', message: 'is not what it says it is' },
            { path: 'message.attachments.5.key', message: NOT_YOURS },
          ],
        },
      }),
    );
    expect(files.kept.size).toBe(0);
  });

  it('leave nothing running where one fails', async () => {
    const files = filesWith(...five);
    let running = 0;
    files.onRequest = async (request) => {
      if (request === 'read k0') throw new ChatError('unavailable');
      running += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    };
    await expect(attachTo(files, aCommand({ attachments }))).rejects.toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
    expect(running).toBe(0);
    expect(files.kept.size).toBe(0);
  });
});

describe('a retry', () => {
  it('finds its file where the upload is still there, and leaves it as it is', async () => {
    const files = filesWith('k1');
    const first = await attachTo(files);
    const kept = files.keptOf(roomId, 'k1');
    expect(await attachTo(files)).toEqual(first);
    expect(files.keptOf(roomId, 'k1')).toBe(kept);
  });

  it('finds its file where the upload was swept', async () => {
    const files = filesWith('k1');
    const first = await attachTo(files);
    files.pending.clear();
    expect(await attachTo(files)).toEqual(first);
  });

  it('of two at once is one file', async () => {
    const files = filesWith('k1');
    const [one, other] = await Promise.all([attachTo(files), attachTo(files)]);
    expect(one).toEqual(other);
    expect(files.kept.size).toBe(1);
  });

  it.each([
    ['message', { messageId: 'm2' }],
    ['member', { member: VENDOR }],
  ])('of another %s does not get the file', async (_, changes) => {
    const files = filesWith('k1');
    await attachTo(files);
    files.pending.clear();
    await expect(attachTo(files, aCommand(changes))).rejects.toThrow(refusal(0, NOT_YOURS));
  });

  it('of another message does not get the upload a second time', async () => {
    const files = filesWith('k1');
    await attachTo(files);
    await expect(attachTo(files, aCommand({ messageId: 'm2' }))).rejects.toThrow(
      refusal(0, 'belongs to another message'),
    );
    expect(files.keptOf(roomId, 'k1')?.messageId).toBe('m1');
  });
});

describe('an upload exchanged', () => {
  it('after it was checked is not copied: the sender tries again', async () => {
    const files = filesWith('k1');
    files.onRequest = (request) => {
      if (request === 'keep k1') files.pending.set('k1', anUpload({ roomId, firstBytes: pdf }));
    };
    await expect(attachTo(files)).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect(files.kept.size).toBe(0);
    files.onRequest = () => {};
    await expect(attachTo(files)).rejects.toThrow(refusal(0, 'is not what it says it is'));
  });

  it('after it was attached changes nothing for its readers', async () => {
    const files = filesWith('k1');
    await attachTo(files);
    const kept = files.keptOf(roomId, 'k1');
    files.pending.set('k1', anUpload({ roomId, size: 1 }));
    expect(await attachTo(files)).toMatchObject([{ size: 48_211 }]);
    expect(files.keptOf(roomId, 'k1')).toBe(kept);
  });

  it('for nothing before it was copied is gone: the sender tries again', async () => {
    const files = filesWith('k1');
    files.onRequest = (request) => {
      if (request === 'keep k1') files.pending.clear();
    };
    await expect(attachTo(files)).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
  });
});

describe('a message with files', () => {
  const message = (id = '00000000-0000-4000-8000-000000000001') => ({
    id,
    type: 'image' as const,
    attachments: [
      { key: 'k1', name: 'a.png' },
      { key: 'k2', name: 'b.png' },
    ],
  });
  function scene(limits = {}) {
    const tables = new FakeTables();
    tables.putHead(aHead());
    const world = new World();
    for (const key of ['k1', 'k2']) world.files.pending.set(key, anUpload({ roomId }));
    return { tables, world, ports: portsOver(fakeStore(tables), world, rulesWith(limits)) };
  }

  it('is stored with them, and its retry asks for none', async () => {
    const { tables, world, ports } = scene();
    const command = { roomId, after: 0, message: message() };
    const sent = await send(ports, aCustomer(), command);
    const asked = world.files.requests.length;
    expect(tables.logOf(roomId)).toMatchObject([
      { seq: 1, attachments: [{ key: 'k1', contentType: 'image/png' }, { key: 'k2' }] },
    ]);
    const again = await send(ports, aCustomer(), command);
    expect(again).toMatchObject({ isNew: false, message: { seq: 1 } });
    expect(again.message.attachments).toEqual(sent.message.attachments);
    expect(world.files.requests).toHaveLength(asked);
  });

  it.each(['read k1', 'read k2', 'keep k1', 'keep k2'])(
    'whose handler dies before or after %s is stored once by its retry',
    async (step) => {
      for (const isApplied of [false, true]) {
        const { tables, world, ports } = scene();
        const { objects } = ports;
        const die = async <T>(request: string, work: () => Promise<T>): Promise<T> => {
          if (request !== step) return work();
          if (isApplied) await work();
          throw new ChatError('unavailable');
        };
        const dying = {
          ...objects,
          readUpload: (key: string) => die(`read ${key}`, () => objects.readUpload(key)),
          keep: (it: KeepCommand) => die(`keep ${it.key}`, () => objects.keep(it)),
        };
        const command = { roomId, after: 0, message: message() };
        const first = send({ ...ports, objects: dying }, aCustomer(), command);
        await expect(first).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
        expect(tables.logOf(roomId)).toEqual([]);
        // A day later the uploads that were copied are swept.
        for (const key of ['k1', 'k2']) {
          if (world.files.keptOf(roomId, key)) world.files.pending.delete(key);
        }
        expect(await send(ports, aCustomer(), command)).toMatchObject({ isNew: true });
        expect(tables.logOf(roomId)).toHaveLength(1);
        expect(world.files.kept.size).toBe(2);
      }
    },
  );

  it('brings back no file of the message that its twin stored and somebody deleted meanwhile', async () => {
    const { tables, world, ports } = scene();
    const command = { roomId, after: 0, message: message() };
    let isFirst = true;
    world.files.onRequest = async (request) => {
      if (request !== 'keep k2' || !isFirst) return;
      isFirst = false;
      await send(ports, aCustomer(), command);
      await deleteMessage(ports, aCustomer(), { roomId, seq: 1 });
    };
    const late = await send(ports, aCustomer(), command);
    expect(late).toMatchObject({ isNew: false, message: { seq: 1, attachments: [] } });
    expect(tables.logOf(roomId)).toMatchObject([{ removedKeys: ['k1', 'k2'] }]);
    expect(world.files.kept.size).toBe(0);
  });

  it('that is refused for another reason costs no request', async () => {
    const { world, ports } = scene({ messagesPer10Seconds: 1 });
    await send(ports, aCustomer(), { roomId, message: aText() });
    const tooFast = send(ports, aCustomer(), { roomId, message: message() });
    await expect(tooFast).rejects.toThrow(expect.objectContaining({ code: 'rate_limited' }));
    const noReply = { ...message(), replyTo: 9 };
    world.nowMs += 60_000;
    await expect(send(ports, aCustomer(), { roomId, message: noReply })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
    const stranger = send(ports, aCustomer({ user: 'x' }), { roomId, message: message() });
    await expect(stranger).rejects.toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(world.files.requests).toEqual([]);
  });

  it('has as many as allowed, and not one more', async () => {
    const allowed = scene({ maxAttachments: 2 });
    await send(allowed.ports, aCustomer(), { roomId, message: message() });
    const { ports } = scene({ maxAttachments: 1 });
    await expect(send(ports, aCustomer(), { roomId, message: message() })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });
});

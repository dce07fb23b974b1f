/** Records of the log's stream as changes. */
import { describe, expect, it } from 'vitest';

import { logChangeOf } from '#runtime/stream/log-change.ts';

import { streamRecord } from '../../support/events.ts';

const keys = { roomId: { S: 'd-1' }, seq: { N: '2' } };
const image = { ...keys, id: { S: 'x' }, text: { S: 'hi' } };

function record(name: 'INSERT' | 'MODIFY' | 'REMOVE', images: object, of: object = keys) {
  const made = streamRecord(name, of as typeof keys, '500');
  return { ...made, dynamodb: { ...made.dynamodb, ApproximateCreationDateTime: 60, ...images } };
}

describe('a record of the log', () => {
  it('is a new message', () => {
    expect(logChangeOf(record('INSERT', { NewImage: image }))).toEqual({
      message: { roomId: 'd-1', seq: 2, id: 'x', text: 'hi' },
      before: null,
      at: '1970-01-01T00:01:00.000Z',
      version: '500',
    });
  });

  it('is a message before and after, named by its own version', () => {
    const after = { ...image, text: { S: 'hello' }, version: { N: '3' } };
    expect(logChangeOf(record('MODIFY', { NewImage: after, OldImage: image }))).toMatchObject({
      message: { text: 'hello', version: 3 },
      before: { text: 'hi' },
      version: '3',
    });
  });

  it('is nothing where a row went', () => {
    expect(logChangeOf(record('REMOVE', { OldImage: image }))).toBeNull();
  });

  it.each([
    ['no image', {}, keys, 'no image of its message'],
    ['no room', { NewImage: image }, { seq: { N: '2' } }, 'no text key "roomId"'],
    [
      'no number',
      { NewImage: image },
      { roomId: { S: 'd-1' }, seq: { N: 'x' } },
      'number key "seq"',
    ],
  ])('is refused: %s', (_, images, of, message) => {
    expect(() => logChangeOf(record('INSERT', images, of))).toThrow(message);
  });
});

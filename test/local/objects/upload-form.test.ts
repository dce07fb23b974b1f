import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';

import { describe, expect, it } from 'vitest';

import { receiveForm } from '../../../lib/local/objects/upload-form.ts';

const CRLF = '\r\n';
const part = (disposition: string, content: string) =>
  `--b${CRLF}content-disposition: form-data; ${disposition}${CRLF}${CRLF}${content}${CRLF}`;
const field = (name: string, value: string) => part(`name="${name}"`, value);
const file = (content: string, name = 'file') => part(`name="${name}"; filename="ü.png"`, content);
const END = `--b--${CRLF}`;

/** Reads a form; answers with what came before the file, and the file. */
async function read(body: string, type = 'multipart/form-data; boundary=b') {
  const request = Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { 'content-type': type },
    complete: true,
  }) as unknown as IncomingMessage;
  return receiveForm(request, async (form) => ({
    fields: form.fields,
    fileName: form.fileName,
    text: Buffer.concat(await form.file.toArray()).toString(),
  }));
}

describe('receiveForm', () => {
  it('reads the fields in lower case, then the file', async () => {
    const form = await read(field('Key', 'a') + field('X-Amz-Date', 'b') + file('hello') + END);
    expect(form).toEqual({
      fields: { key: 'a', 'x-amz-date': 'b' },
      fileName: 'ü.png',
      text: 'hello',
    });
  });

  it('ignores what comes after the file', async () => {
    const form = await read(
      field('key', 'a') + file('one') + field('acl', 'x') + file('two') + END,
    );
    expect(form).toMatchObject({ fields: { key: 'a' }, text: 'one' });
  });

  it('takes a field of any name for a name', async () => {
    const { fields } = await read(field('__proto__', 'a') + file('x') + END);
    expect(Object.entries(fields)).toEqual([['__proto__', 'a']]);
  });

  it.each([
    ['no file', field('key', 'a') + END, 'InvalidArgument'],
    ['a file by another name', file('x', 'picture') + END, 'InvalidArgument'],
    ['a field twice', field('key', 'a') + field('Key', 'b') + file('x') + END, 'InvalidArgument'],
    ['an end in the middle', field('key', 'a') + file('x'), 'MalformedPOSTRequest'],
    ['no form', 'hello', 'MalformedPOSTRequest'],
  ])('refuses %s', async (_, body, code) => {
    await expect(read(body)).rejects.toMatchObject({ code });
  });

  it('refuses a form that names no boundary', async () => {
    await expect(read('', 'multipart/form-data')).rejects.toMatchObject({
      code: 'MalformedPOSTRequest',
    });
  });

  it('takes 20,000 bytes of fields and no more', async () => {
    const form = (bytes: number) => read(field('k', 'x'.repeat(bytes - 1)) + file('x') + END);
    expect((await form(20_000)).text).toBe('x');
    await expect(form(20_001)).rejects.toMatchObject({ code: 'MaxPostPreDataLengthExceeded' });
  });

  it('passes on what is made of the file', async () => {
    const request = Object.assign(Readable.from([Buffer.from(file('x'.repeat(100_000)) + END)]), {
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      complete: true,
    }) as unknown as IncomingMessage;
    const refusing = receiveForm(request, () => Promise.reject(new Error('not this one')));
    await expect(refusing).rejects.toThrow('not this one');
  });
});

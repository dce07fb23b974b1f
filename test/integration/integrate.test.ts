/** Every snippet of docs/INTEGRATE.md that can run here, run against the whole stack. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createVerifier } from '#runtime/identity.ts';
import { loadIssuers } from '#runtime/issuers.ts';

import { configFrom } from '../../lib/infra/config.ts';
import { type LocalStack, startLocalStack } from '../support/local-stack.ts';
import { PYTHON, run, type Snippet, snippetsOf, whyNoPython } from '../support/snippets.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/INTEGRATE.md'), 'utf8');
/** What a page knows already. */
const KNOWN = `const { API, SOCKET, TOKEN: token, ROOM: roomId } = process.env;
const device = 'browser';
const askForToken = async () => token;
`;
const snippets = snippetsOf(page);
const runnable = (language: string) =>
  snippets.filter((it) => it.language === language && it.words[0] === 'run');
/** Of a Python snippet: its file, and the modules that it imports. */
const python = (file: string) => {
  const snippet = runnable('python').find(({ words }) => words[1] === file);
  if (!snippet) throw new Error(`No snippet is ${file}.`);
  writeFileSync(path.join(cwd, file), snippet.code);
  return snippet.words.slice(2);
};
/** The smallest PNG there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let stack: LocalStack;
let cwd: string;
let env: Record<string, string>;

beforeAll(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'parley-snippets-'));
  writeFileSync(path.join(cwd, 'bowl.png'), PNG);
  stack = await startLocalStack();
  env = {
    API: `${stack.url}/v1`,
    SOCKET: stack.socketUrl,
    TOKEN: await stack.token({ sub: '42', role: 'customer', name: 'Nino' }),
  };
  env['ROOM'] = (await call('/rooms', { vendorId: '7' })).roomId;
});

afterAll(async () => {
  rmSync(cwd, { recursive: true, force: true });
  await stack.stop();
});

async function call(at: string, body: object, token = env['TOKEN']) {
  const response = await fetch(`${env['API']}${at}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { roomId: string };
}

async function log(): Promise<{ type: string; text: string }[]> {
  const response = await fetch(`${env['API']}/rooms/${env['ROOM']}/messages`, {
    headers: { authorization: `Bearer ${env['TOKEN']}` },
  });
  const { items } = (await response.json()) as { items: { type: string; text: string }[] };
  return items;
}

/** One shell for all of them, as a reader has; what each prints stands behind its number. */
async function shell(blocks: readonly Snippet[]) {
  const script = blocks.map(({ code }, index) => `echo '=== ${index}'\n${code}\necho`).join('\n');
  // Bash takes a pipe of Node's for a network's, and would read the machine's settings.
  const { code, output, errors } = await run(['bash', '--norc', '-euo', 'pipefail', '-c', script], {
    cwd,
    env,
  });
  expect(errors).toBe('');
  expect(code).toBe(0);
  return output.split(/^=== \d+\n/mu).slice(1);
}

describe('the snippets of docs/INTEGRATE.md', () => {
  it('open a room, send a message once, pass a picture on and probe the socket, in the shell', async () => {
    const [opened, sent, picture, probe] = await shell(runnable('sh'));
    expect(opened?.trim()).toBe('');
    expect(sent?.match(/"seq":1,/gu)).toHaveLength(3);
    expect(picture).toContain('"contentType":"image/png"');
    expect(readFileSync(path.join(cwd, 'copy.png'))).toEqual(PNG);
    expect(JSON.parse(probe ?? '')).toMatchObject({ event: 'pong', ref: '1' });
    expect(await log()).toMatchObject([{ type: 'text' }, { type: 'image' }]);
  });

  it.each([
    ['a browser', 'browser.mjs'],
    ['the client', 'client.mjs'],
  ])('send from %s and hear what the vendor says', async (from, file) => {
    const snippet = runnable('js').find(({ words }) => words[1] === file);
    const code = snippet?.code.replace("'./lib/", `'${ROOT}/lib/`);
    writeFileSync(path.join(cwd, file), KNOWN + code);
    // in either order: the answer to one's own message may come after what somebody else writes next
    const until = /^(?=[^]*stored as number \d+\n)[^]*Ana: Hello to you/u;
    const running = run([process.execPath, file], { cwd, env, until });
    const texts = async () => (await log()).map((it) => it.text);
    await expect.poll(texts, { timeout: 15_000 }).toContain(`Hello from ${from}`);
    const ana = await stack.token({
      sub: 'ana',
      role: 'vendor',
      vendor_id: '7',
      vendor_name: 'Ana',
    });
    const message = { id: crypto.randomUUID(), type: 'text', text: 'Hello to you' };
    await call(`/rooms/${env['ROOM']}/messages`, message, ana);
    const { output, errors } = await running;
    expect(errors).toBe('');
    expect(output).toMatch(until);
  });

  it('send from Python', async (context) => {
    const missing = await whyNoPython(python('hello.py'));
    if (missing !== undefined) return context.skip(missing);
    const { code, output, errors } = await run([PYTHON, 'hello.py'], { cwd, env });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('ack');
    expect((await log()).map((it) => it.text)).toContain('Hello from Python');
  });

  it('mint tokens in Python that the configuration beside them accepts', async (context) => {
    const missing = await whyNoPython(python('chat_tokens.py'));
    if (missing !== undefined) return context.skip(missing);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = path.join(cwd, 'parley.pem');
    writeFileSync(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const driver = `
import json
from types import SimpleNamespace as Row
from chat_tokens import key_set, token_for
nino = Row(pk=42, get_full_name=lambda: "Nino")
ana = Row(pk=5, get_full_name=lambda: "Ana")
print(json.dumps([key_set(), token_for(nino), token_for(ana, Row(pk=7, name="Tbilisi Ceramics"))]))`;
    const made = await run([PYTHON, '-c', driver], { cwd, env: { PARLEY_KEY: pem } });
    expect(made).toMatchObject({ code: 0, errors: '' });
    const [keys, shopper, staff] = JSON.parse(made.output) as [object, string, string];
    expect(JSON.stringify(keys)).not.toContain('"d"');
    const verify = createVerifier(djangoIssuers(keys));
    expect(await verify(shopper)).toMatchObject({ member: 'customer:42', name: 'Nino' });
    expect(await verify(staff)).toMatchObject({
      member: 'vendor:7',
      user: '5',
      name: 'Ana',
      vendorName: 'Tbilisi Ceramics',
    });
  });
});

/** The issuer of the page, its keys at hand instead of at their address. */
function djangoIssuers(jwks: object) {
  const snippet = snippets.find(({ words }) => words.includes('django'));
  const [{ jwksUri: _, ...issuer }] = JSON.parse(snippet?.code ?? '');
  const read = { PARLEY_STAGE: 'test', PARLEY_ISSUERS: [{ ...issuer, jwks }] };
  const { issuers } = configFrom((name) => new Map(Object.entries(read)).get(name));
  return loadIssuers(JSON.stringify(issuers));
}

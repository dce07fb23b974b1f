import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { findBinary, startEngine } from '../../../lib/local/database/engine.ts';
import { startTestEngine } from '../../support/engine.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the engine', () => {
  it('answers when it has started, and is gone when it has stopped', async () => {
    const test = await startTestEngine();
    const { engine } = test;
    expect(await test.api.table('ListTables', {})).toEqual({ TableNames: ['Things'] });
    expect(isAlive(engine.pid ?? 0)).toBe(true);
    await test.stop();
    expect(isAlive(engine.pid ?? 0)).toBe(false);
  });

  it('dies with the process that started it, even when that is killed outright', async () => {
    const engineUrl = new URL('../../../lib/local/database/engine.ts', import.meta.url);
    const script = `const { startEngine } = await import('${engineUrl.href}');
      console.log((await startEngine({})).pid); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [line]: unknown[] = await once(child.stdout, 'data');
    const pid = Number(String(line));
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });

  it('keeps its data in a folder', async () => {
    const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'parley-engine-'));
    const first = await startTestEngine({ dataFolder });
    await first.put('kept');
    await first.stop();
    const second = await startTestEngine({ dataFolder });
    const { Item } = await second.api.table('GetItem', {
      TableName: 'Things',
      Key: { id: { S: 'kept' } },
    });
    await second.stop();
    expect(Item).toMatchObject({ id: { S: 'kept' } });
    rmSync(dataFolder, { recursive: true });
  });

  it('leaves an engine that DYNAMODB_ENDPOINT names alone', async () => {
    const engine = await startEngine({
      dataFolder: undefined,
      endpoint: 'http://localhost:8000',
    });
    expect(engine).toMatchObject({ endpoint: 'http://localhost:8000', pid: undefined });
    await engine.stop();
  });

  it('names the alternatives on a platform without a binary', () => {
    expect(() => findBinary('plan9-mips')).toThrow(
      /plan9-mips.*DynamoDB Local.*DYNAMODB_ENDPOINT=/u,
    );
  });
});

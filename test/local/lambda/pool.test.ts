import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import {
  createLambdaPool,
  type LambdaPool,
  type LambdaPoolOptions,
} from '../../../lib/local/lambda/pool.ts';
import type { FunctionModel } from '../../../lib/local/model.ts';

let pool: LambdaPool | undefined;
const folders: string[] = [];

afterEach(async () => {
  await pool?.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs a module's source as a function called `f`. */
function poolFor(
  source: string,
  more: Partial<FunctionModel> = {},
  options: Partial<LambdaPoolOptions> = {},
) {
  const codePath = mkdtempSync(path.join(os.tmpdir(), 'parley-pool-'));
  folders.push(codePath);
  writeFileSync(path.join(codePath, 'index.mjs'), source);
  const logs: string[] = [];
  const model: FunctionModel = {
    logicalId: 'f',
    functionName: 'stack-f',
    codePath,
    handler: 'index.handler',
    timeoutMs: 3_000,
    memoryMb: 128,
    environment: { TABLE: 'rooms' },
    reservedConcurrency: undefined,
    role: [],
    ...more,
  };
  pool = createLambdaPool({
    functions: [model],
    env: { AWS_REGION: 'us-east-1' },
    maxEnvironments: 4,
    ...options,
    onLog: (_, text) => logs.push(text),
  });
  return { pool, invoke: (event: unknown) => createdPool(event), logs };

  function createdPool(event: unknown) {
    if (!pool) throw new Error('no pool');
    return pool.invoke('f', event);
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('an environment', () => {
  it('answers with what the handler returns, as JSON', async () => {
    const { invoke } = poolFor(
      'export const handler = async (event) => ({ got: event.x, gone: undefined, at: new Date(0) });',
    );
    expect(await invoke({ x: 1 })).toEqual({
      ok: true,
      payload: { got: 1, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('lives by the clock that the pool is given, of which its dates are dates', async () => {
    let nowMs = Date.UTC(2030, 0, 1);
    const { invoke } = poolFor(
      `const Before = Date;
       const { now } = Date;
       export const handler = async (event, context) => ({
         now: now(),
         date: new Date(),
         isDate: new Date() instanceof Before,
         given: new Date(2026, 0).getFullYear(),
         remaining: context.getRemainingTimeInMillis(),
       });`,
      {},
      { clock: { now: () => nowMs, after: () => () => undefined } },
    );
    const first = await invoke({});
    nowMs += 3_600_000;
    const second = await invoke({});
    expect(first).toMatchObject({ payload: { isDate: true, given: 2026 } });
    for (const [answer, hour] of [
      [first, 0],
      [second, 1],
    ] as const) {
      const { now, date, remaining } = (answer as { payload: Record<string, number> }).payload;
      expect(now).toBeGreaterThanOrEqual(Date.UTC(2030, 0, 1, hour));
      expect(now).toBeLessThan(Date.UTC(2030, 0, 1, hour, 1));
      expect(String(date).slice(0, 13)).toBe(`2030-01-01T0${hour}`);
      expect(remaining).toBeGreaterThan(1_000);
      expect(remaining).toBeLessThanOrEqual(3_000);
    }
  });

  it('answers null for a handler that returns nothing', async () => {
    const { invoke } = poolFor('export const handler = async () => {};');
    expect(await invoke({})).toEqual({ ok: true, payload: null });
  });

  it('has the tracing header of its invocation, another one each time', async () => {
    const { invoke } = poolFor(
      "export const handler = async () => process.env['_X_AMZN_TRACE_ID'];",
    );
    const [first, second] = [await invoke({}), await invoke({})];
    expect(first).toMatchObject({ payload: expect.stringMatching(/^Root=1-[0-9a-f]{8}-/u) });
    expect(second).not.toEqual(first);
  });

  it('can be killed in the middle of an invocation, by its tracing header', async () => {
    const {
      pool: made,
      invoke,
      logs,
    } = poolFor(
      "export const handler = async () => { console.log(process.env['_X_AMZN_TRACE_ID']); await new Promise(() => setTimeout(() => undefined, 2000)); };",
    );
    const running = invoke({});
    while (logs.length === 0) await sleep(5);
    expect(made.kill('Root=1-00000000-0;Parent=1;Sampled=0')).toBe(false);
    expect(made.kill(`${logs[0]?.trim()};Lineage=1`)).toBe(true);
    expect(await running).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(made.kill(logs[0]?.trim() ?? '')).toBe(false);
  });

  it('has an environment of its own, nothing of this process', async () => {
    process.env['PARLEY_SECRET_OF_THE_HOST'] = 'x';
    const { invoke } = poolFor('export const handler = async () => process.env;');
    const result = await invoke({});
    delete process.env['PARLEY_SECRET_OF_THE_HOST'];
    expect(result).toMatchObject({
      payload: {
        TABLE: 'rooms',
        AWS_REGION: 'us-east-1',
        AWS_LAMBDA_FUNCTION_NAME: 'stack-f',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      },
    });
    expect(JSON.stringify(result)).not.toContain('PARLEY_SECRET_OF_THE_HOST');
  });

  it('tells the handler its request id and the time it has left', async () => {
    const { invoke } = poolFor(
      `export const handler = async (_, context) => ({
         id: context.awsRequestId, left: context.getRemainingTimeInMillis(), name: context.functionName });`,
    );
    const result = await invoke({});
    expect(result).toMatchObject({
      payload: { id: expect.stringMatching(/^[0-9a-f-]{36}$/u), name: 'stack-f' },
    });
    const { payload } = result as { payload: { left: number } };
    expect(payload.left).toBeGreaterThan(2_500);
    expect(payload.left).toBeLessThanOrEqual(3_000);
  });

  it('reports what a handler throws by its type and message', async () => {
    const { invoke } = poolFor(
      'export const handler = async () => { throw new RangeError("too far"); };',
    );
    expect(await invoke({})).toEqual({
      ok: false,
      errorType: 'RangeError',
      errorMessage: 'too far',
    });
  });

  it('keeps its module between invocations, also after an error', async () => {
    const { invoke } = poolFor(
      'let n = 0; export const handler = async (e) => { n += 1; if (e.fail) throw new Error("x"); return n; };',
    );
    await invoke({});
    await invoke({ fail: true });
    expect(await invoke({})).toEqual({ ok: true, payload: 3 });
  });

  it('stands still between invocations', async () => {
    const { invoke } = poolFor(
      `let ticks = 0;
       export const handler = async (event) => {
         if (event.start) setInterval(() => { ticks += 1; }, 1);
         return ticks;
       };`,
    );
    await invoke({ start: true });
    await sleep(200);
    const { payload } = (await invoke({})) as { payload: number };
    expect(payload).toBeLessThanOrEqual(2);
  });

  it('finishes a promise left unawaited in a later invocation, if at all', async () => {
    const { invoke } = poolFor(
      `let startedAt;
       let tookMs = null;
       const push = () => new Promise((resolve) => setTimeout(resolve, 20));
       export const handler = async () => {
         if (startedAt) await push();
         else void push().then(() => { tookMs = performance.now() - startedAt; });
         startedAt ??= performance.now();
         return tookMs;
       };`,
    );
    expect(await invoke({})).toEqual({ ok: true, payload: null });
    await sleep(250);
    const { payload } = (await invoke({})) as { payload: number };
    expect(payload).toBeGreaterThanOrEqual(200);
  });

  it('runs on Node 24, as the runtime of the template says', async () => {
    const { invoke } = poolFor(
      'export const handler = async () => [process.version, process.env.AWS_EXECUTION_ENV];',
    );
    expect(await invoke({})).toEqual({
      ok: true,
      payload: [expect.stringMatching(/^v24\./u), 'AWS_Lambda_nodejs24.x'],
    });
  });

  it('refuses an event beyond 6 MB without running', async () => {
    const { invoke, pool: running } = poolFor('export const handler = async (e) => e.text.length;');
    const text = 'x'.repeat(6 * 1024 * 1024);
    expect(await invoke({ text: text.slice(12) })).toMatchObject({ ok: true });
    expect(await invoke({ text })).toMatchObject({
      ok: false,
      errorType: 'RequestTooLargeException',
    });
    expect(running.figures()['f']?.invocations).toBe(1);
  });

  it('is refused at init with a handler of three parameters', async () => {
    const { invoke } = poolFor('export const handler = (event, context, callback) => callback();');
    expect(await invoke({})).toMatchObject({
      ok: false,
      errorType: 'Runtime.CallbackHandlerDeprecated',
    });
  });

  it.each([
    ['a module that throws', 'throw new TypeError("at load");', 'TypeError'],
    ['a missing export', 'export const other = 1;', 'Runtime.HandlerNotFound'],
  ])('fails every invocation of %s', async (_, source, errorType) => {
    const { invoke } = poolFor(source);
    expect(await invoke({})).toMatchObject({ ok: false, errorType });
    expect(await invoke({})).toMatchObject({ ok: false, errorType });
  });

  it('refuses an answer beyond 6 MB', async () => {
    const { invoke } = poolFor('export const handler = async (e) => "x".repeat(e.size);');
    expect(await invoke({ size: 6_291_000 })).toMatchObject({ ok: true });
    expect(await invoke({ size: 6_291_556 })).toMatchObject({
      ok: false,
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });
});

describe('a death', () => {
  const source = `
    let n = 0;
    export const handler = async (event) => {
      n += 1;
      if (event.do === 'exit') process.exit(3);
      if (event.do === 'throw') { setTimeout(() => { throw new Error('uncaught'); }, 1); await new Promise(() => {}); }
      if (event.do === 'reject') { void Promise.reject(new Error('unhandled')); await new Promise((r) => setTimeout(r, 500)); }
      if (event.do === 'hang') await new Promise(() => setInterval(() => {}, 1000));
      if (event.do === 'spin') for (;;);
      return n;
    };`;

  it.each([
    ['process.exit', 'exit', 'Runtime.ExitError'],
    ['an uncaught exception', 'throw', 'Error'],
    ['an unhandled rejection', 'reject', 'Error'],
    ['a timeout', 'hang', 'Sandbox.Timedout'],
    ['a timeout of a busy loop', 'spin', 'Sandbox.Timedout'],
  ])('by %s fails that invocation and starts afresh', async (_, what, errorType) => {
    const { invoke } = poolFor(source, { timeoutMs: 700 });
    await invoke({});
    expect(await invoke({ do: what })).toMatchObject({ ok: false, errorType });
    expect(await invoke({})).toEqual({ ok: true, payload: 1 });
  });

  it('leaves the other environments alone', async () => {
    const { invoke } = poolFor(
      `export const handler = async (e) => {
         await new Promise((r) => setTimeout(r, 100));
         if (e.die) process.exit(1);
         return 'alive';
       };`,
    );
    const [alive, dead] = await Promise.all([invoke({}), invoke({ die: true })]);
    expect(alive).toEqual({ ok: true, payload: 'alive' });
    expect(dead).toMatchObject({ ok: false });
  });

  it('names the seconds of a timeout', async () => {
    const { invoke } = poolFor(source, { timeoutMs: 300 });
    expect(await invoke({ do: 'hang' })).toMatchObject({
      errorMessage: 'Task timed out after 0.30 seconds',
    });
  });
});

describe('the pool', () => {
  const overlap = `
    let running = 0;
    export const handler = async () => {
      running += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      const seen = running;
      running -= 1;
      return seen;
    };`;

  it('runs one invocation at a time in each environment', async () => {
    const { invoke } = poolFor(overlap);
    const results = await Promise.all(Array.from({ length: 12 }, () => invoke({})));
    expect(results).toEqual(results.map(() => ({ ok: true, payload: 1 })));
  });

  it('starts environments on demand, up to the cap', async () => {
    const { pool, invoke } = poolFor(overlap, {}, { maxEnvironments: 3 });
    await invoke({});
    await invoke({});
    expect(pool.figures()['f']).toMatchObject({ coldStarts: 1, invocations: 2 });
    await Promise.all(Array.from({ length: 12 }, () => invoke({})));
    expect(pool.figures()['f']).toMatchObject({ coldStarts: 3, invocations: 14 });
  });

  it('keeps to a reserved concurrency', async () => {
    const { pool, invoke } = poolFor(overlap, { reservedConcurrency: 1 });
    await Promise.all(Array.from({ length: 4 }, () => invoke({})));
    expect(pool.figures()['f']).toMatchObject({ coldStarts: 1 });
  });

  it('serves who waits after a death', async () => {
    const { invoke } = poolFor(
      'export const handler = async () => process.exit(1);',
      {},
      { maxEnvironments: 1 },
    );
    const results = await Promise.all([invoke({}), invoke({}), invoke({})]);
    expect(results.every((result) => !result.ok)).toBe(true);
  });

  it('counts processor time, durations and errors', async () => {
    const { pool, invoke } = poolFor(
      `export const handler = async (e) => {
         const until = performance.now() + 100;
         while (performance.now() < until);
         await new Promise((resolve) => setTimeout(resolve, 210));
         if (e.fail) throw new Error('x');
       };`,
    );
    await invoke({});
    await invoke({ fail: true });
    const figures = pool.figures()['f'];
    expect(figures).toMatchObject({ invocations: 2, errors: 1 });
    expect(figures?.wallMs).toBeGreaterThan(600);
    expect(figures?.cpuMs).toBeLessThan(500);
    expect(figures?.cpuMs).toBeGreaterThan(20);
  });

  it('counts what functions print, in bytes and lines', async () => {
    const { pool, invoke, logs } = poolFor(
      'export const handler = async () => { console.log("გამარჯობა"); console.error("two"); };',
    );
    await invoke({});
    expect(logs).toEqual(['გამარჯობა\n', 'two\n']);
    expect(pool.figures()['f']).toMatchObject({ logLines: 2, logBytes: 9 * 3 + 1 + 4 });
  });

  it('fails what is under way and what waits when it closes', async () => {
    const { pool, invoke } = poolFor(
      'export const handler = () => new Promise(() => {});',
      {},
      { maxEnvironments: 1 },
    );
    const both = Promise.all([invoke({}), invoke({})]);
    await sleep(100);
    await pool.close();
    expect(await both).toEqual([
      expect.objectContaining({ ok: false }),
      expect.objectContaining({ ok: false }),
    ]);
  });

  it('says so for a function nobody has', async () => {
    const { pool } = poolFor('');
    expect(await pool.invoke('g', {})).toMatchObject({ ok: false });
  });
});

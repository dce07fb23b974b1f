/** The thread of one Lambda environment: loads the handler, then answers one invocation after the other and sleeps in between. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

import { setClock } from './set-clock.ts';
import { traceHeaderOf } from './trace.ts';
import type { Invocation, Spent, ThreadError, ThreadMessage, ThreadSetup } from './protocol.ts';

/** A context without the callbacks of old. */
interface LambdaContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

type Handler = (event: unknown, context: LambdaContext) => unknown;

/** Lambda looks for a bundle in this order. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];
/** The largest answer, 6 MB and a little, as Lambda states it. */
const MAX_ANSWER_BYTES = 6_291_556;

const setup = workerData as ThreadSetup; // oxlint-disable-line typescript/no-unsafe-type-assertion -- the pool's own
const handedOver = new Int32Array(setup.handedOver);
const stopwatch = startStopwatch();

captureOutput();
// Before the handler's module takes `Date.now` for itself.
if (setup.nowMs !== undefined) setClock(setup.nowMs);
try {
  const handler = await loadHandler();
  say({ kind: 'ready', spent: stopwatch() });
  for (let served = 0; ; served += 1) {
    const invocation = await nextInvocation(served);
    say(await answer(handler, invocation));
  }
} catch (error) {
  say({ kind: 'refused', error: describe(error) });
}

function say(message: ThreadMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage(message);
}

/**
 * Sleeps until the pool hands something over. The whole thread stands still, so that a promise left
 * unawaited freezes as it does in Lambda, and goes on, if at all, in the next invocation.
 */
async function nextInvocation(served: number): Promise<Invocation> {
  Atomics.wait(handedOver, 0, served);
  const received: { message: Invocation } | undefined =
    parentPort === null ? undefined : receiveMessageOnPort(parentPort);
  if (!received) throw new Error('The pool woke an environment without an invocation.');
  // One turn of the loop: sockets that were closed meanwhile are noticed before the handler uses them.
  await setImmediate();
  return received.message;
}

async function loadHandler(): Promise<Handler> {
  const dot = setup.handler.lastIndexOf('.');
  const base = path.join(setup.codePath, setup.handler.slice(0, dot));
  const file = EXTENSIONS.map((it) => base + it).find((it) => existsSync(it));
  if (file === undefined) throw named('Runtime.ImportModuleError', `Cannot find module ${base}`);
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href);
  const handler = loaded[setup.handler.slice(dot + 1)];
  if (!isHandler(handler)) {
    throw named('Runtime.HandlerNotFound', `${setup.handler} is undefined or not exported`);
  }
  if (handler.length >= 3) {
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      `${setup.handler} takes a callback (three parameters), which Node 24's Lambda runtime refuses: return a promise instead.`,
    );
  }
  return handler;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

async function answer(handler: Handler, invocation: Invocation): Promise<ThreadMessage> {
  const spent = startStopwatch();
  process.env['_X_AMZN_TRACE_ID'] = traceHeaderOf(invocation.requestId);
  if (invocation.nowMs !== undefined) setClock(invocation.nowMs);
  try {
    const event: unknown = JSON.parse(invocation.payload);
    const payload = JSON.stringify((await handler(event, contextOf(invocation))) ?? null);
    const bytes = Buffer.byteLength(payload);
    if (bytes > MAX_ANSWER_BYTES) {
      throw named(
        'Function.ResponseSizeTooLarge',
        `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_ANSWER_BYTES} bytes).`,
      );
    }
    return { kind: 'answer', payload, spent: spent() };
  } catch (error) {
    return { kind: 'failure', error: describe(error), spent: spent() };
  }
}

function contextOf({ requestId, deadline }: Invocation): LambdaContext {
  return {
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${process.env['AWS_REGION']}:000000000000:function:${setup.functionName}`,
    memoryLimitInMB: String(setup.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/** Output goes straight to the pool: a stream's own buffer would wait for a loop that stands still. */
function captureOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      say({ kind: 'log', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
      const done = rest.at(-1);
      if (typeof done === 'function') process.nextTick(done);
      return true;
    };
  }
}

function startStopwatch(): () => Spent {
  const cpu = process.threadCpuUsage();
  const startedAt = performance.now();
  return () => {
    const { user, system } = process.threadCpuUsage(cpu);
    return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - startedAt };
  };
}

function named(errorType: string, message: string): Error {
  return Object.assign(new Error(message), { name: errorType });
}

function describe(error: unknown): ThreadError {
  if (error instanceof Error) return { errorType: error.name, errorMessage: error.message };
  return { errorType: typeof error, errorMessage: String(error) };
}

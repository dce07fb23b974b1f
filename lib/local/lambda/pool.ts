/** All functions' environments: starts them on demand up to a cap, hands invocations out one at a time, and counts. */
import type { Clock, FunctionModel, Invoke, InvokeResult } from '../model.ts';
import { Environment, type Outcome } from './environment.ts';
import { MAX_EVENT_BYTES } from './event-size.ts';

/** How the pool runs. */
export interface LambdaPoolOptions {
  readonly functions: readonly FunctionModel[];
  /** Variables every function gets besides its own: region, credentials, the database's address. */
  readonly env: Readonly<Record<string, string>>;
  /** The key id that signs a function's calls, by its name; that of `env` without. */
  readonly keyIdOf?: (functionName: string) => string;
  /** Environments per function at once; a reserved concurrency below it goes first. */
  readonly maxEnvironments?: number;
  /** The time that functions see, instead of the machine's. */
  readonly clock?: Clock;
  /** A function's output, line by line as it comes. */
  readonly onLog?: (functionName: string, text: string) => void;
}

/** What a function has done since the start. Processor time is that of its own threads. */
export interface FunctionFigures {
  readonly functionName: string;
  readonly invocations: number;
  readonly errors: number;
  /** Environments started, each with its init. */
  readonly coldStarts: number;
  readonly initCpuMs: number;
  readonly initWallMs: number;
  readonly cpuMs: number;
  /** Sum of the invocations' durations, what Lambda bills. */
  readonly wallMs: number;
  readonly logBytes: number;
  readonly logLines: number;
}

/** A running pool. */
export interface LambdaPool {
  readonly invoke: Invoke;
  /** For tests: ends the environment whose invocation has that tracing header. @returns false where none has */
  kill(trace: string): boolean;
  /** By the function's logical id. */
  figures(): Readonly<Record<string, FunctionFigures>>;
  /** Ends every environment; what is under way or waiting fails. */
  close(): Promise<void>;
}

/** Two cores carry no more than a few at once. */
const DEFAULT_MAX_ENVIRONMENTS = 4;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Builds the pool; nothing runs until the first invocation. */
export function createLambdaPool(options: LambdaPoolOptions): LambdaPool {
  const fleets = new Map(options.functions.map((it) => [it.logicalId, new Fleet(it, options)]));
  return {
    invoke: (functionId, event) => {
      const fleet = fleets.get(functionId);
      if (fleet) return fleet.invoke(event);
      return Promise.resolve(failure('ResourceNotFoundException', `No function ${functionId}.`));
    },
    kill: (trace) => [...fleets.values()].some((fleet) => fleet.kill(trace)),
    figures: () => Object.fromEntries([...fleets].map(([id, fleet]) => [id, { ...fleet.figures }])),
    close: async () => {
      await Promise.all([...fleets.values()].map((fleet) => fleet.close()));
    },
  };
}

/** One function's environments. */
class Fleet {
  readonly figures: Mutable<FunctionFigures>;
  readonly #model: FunctionModel;
  readonly #options: LambdaPoolOptions;
  readonly #cap: number;
  readonly #all = new Set<Environment>();
  readonly #idle: Environment[] = [];
  readonly #queue: ((environment: Environment | undefined) => void)[] = [];
  #isClosed = false;

  constructor(model: FunctionModel, options: LambdaPoolOptions) {
    this.#model = model;
    this.#options = options;
    const cap = options.maxEnvironments ?? DEFAULT_MAX_ENVIRONMENTS;
    this.#cap = Math.min(cap, model.reservedConcurrency ?? cap);
    this.figures = noFigures(model.functionName);
  }

  async invoke(event: unknown): Promise<InvokeResult> {
    const payload = JSON.stringify(event ?? null);
    if (Buffer.byteLength(payload) > MAX_EVENT_BYTES) {
      return failure('RequestTooLargeException', `Event exceeds ${MAX_EVENT_BYTES} bytes.`);
    }
    const environment = await this.#acquire();
    if (!environment) return failure('Runtime.ExitError', 'The local runtime stops.');
    const outcome = await environment.invoke(payload);
    this.#count(outcome);
    this.#release(environment);
    return outcome.result;
  }

  kill(trace: string): boolean {
    const victim = [...this.#all].find((environment) => environment.isRunning(trace));
    victim?.kill();
    return victim !== undefined;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const waiting of this.#queue.splice(0)) waiting(undefined);
    await Promise.all([...this.#all].map((environment) => environment.stop()));
  }

  /** The environment used last comes first, as in Lambda: the others may rest. */
  #acquire(): Environment | undefined | Promise<Environment | undefined> {
    if (this.#isClosed) return undefined;
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size < this.#cap) return this.#start();
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #release(environment: Environment): void {
    if (!environment.isAlive) return;
    const next = this.#queue.shift();
    if (next) next(environment);
    else this.#idle.push(environment);
  }

  #start(): Environment {
    this.figures.coldStarts += 1;
    const environment = new Environment({
      model: this.#model,
      env: environmentVariables(this.#model, this.#options),
      clock: this.#options.clock,
      onLog: (text) => this.#log(text),
      onInit: ({ cpuMs, wallMs }) => {
        this.figures.initCpuMs += cpuMs;
        this.figures.initWallMs += wallMs;
      },
      onEnd: () => this.#lose(environment),
    });
    this.#all.add(environment);
    return environment;
  }

  /** A crashed environment's place is free: who waits gets a new one. */
  #lose(environment: Environment): void {
    this.#all.delete(environment);
    const at = this.#idle.indexOf(environment);
    if (at !== -1) this.#idle.splice(at, 1);
    const next = this.#isClosed ? undefined : this.#queue.shift();
    next?.(this.#start());
  }

  #log(text: string): void {
    this.figures.logBytes += Buffer.byteLength(text);
    this.figures.logLines += text.split('\n').length - 1;
    this.#options.onLog?.(this.#model.functionName, text);
  }

  #count({ result, spent }: Outcome): void {
    this.figures.invocations += 1;
    if (!result.ok) this.figures.errors += 1;
    this.figures.cpuMs += spent?.cpuMs ?? 0;
    this.figures.wallMs += spent?.wallMs ?? 0;
  }
}

/** What Lambda sets, as far as a function may look at it; nothing of this process's own environment. */
function environmentVariables(model: FunctionModel, { env, keyIdOf }: LambdaPoolOptions) {
  return {
    AWS_LAMBDA_FUNCTION_NAME: model.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: model.codePath,
    _HANDLER: model.handler,
    TZ: ':UTC',
    ...env,
    ...(keyIdOf && { AWS_ACCESS_KEY_ID: keyIdOf(model.functionName) }),
    ...model.environment,
  };
}

function noFigures(functionName: string): Mutable<FunctionFigures> {
  return {
    functionName,
    invocations: 0,
    errors: 0,
    coldStarts: 0,
    initCpuMs: 0,
    initWallMs: 0,
    cpuMs: 0,
    wallMs: 0,
    logBytes: 0,
    logLines: 0,
  };
}

function failure(errorType: string, errorMessage: string): InvokeResult {
  return { ok: false, errorType, errorMessage };
}

/** The DynamoDB engine: the dynoxide binary as a child that ends with this process, or whatever DYNAMODB_ENDPOINT names. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the engine's data is: in memory without a folder. */
export interface EngineOptions {
  readonly dataFolder: string | undefined;
  /** `DYNAMODB_ENDPOINT`: another engine, which is left alone. */
  readonly endpoint: string | undefined;
}

/** A running engine. */
export interface Engine {
  readonly endpoint: string;
  /** The child's process id, for its processor time; undefined for an engine that is not ours. */
  readonly pid: number | undefined;
  /** Ends the child, and waits until its data is written. */
  stop(): Promise<void>;
}

/**
 * Ends the engine as soon as this process is gone, even killed outright: then the pipe on its third
 * descriptor closes. It prints the engine's process id first.
 */
const GUARD =
  '"$0" "$@" 3<&- >&2 & child=$!; echo $child; (cat <&3 >/dev/null; kill $child) 2>/dev/null >&2 & wait $child';

const START_TIMEOUT_MS = 10_000;

/**
 * Starts the engine and waits until it answers.
 * @throws Error naming the alternatives where there is no binary for this platform
 */
export async function startEngine({ dataFolder, endpoint }: EngineOptions): Promise<Engine> {
  if (endpoint !== undefined && endpoint !== '') {
    return { endpoint, pid: undefined, stop: () => Promise.resolve() };
  }
  const binary = findBinary();
  const port = await freePort();
  const args = ['--host', '127.0.0.1', '--port', String(port), ...dataArguments(dataFolder)];
  const child = spawn('/bin/sh', ['-c', GUARD, binary, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A Ctrl-C of the terminal is ours to handle: the engine outlives the last write.
    detached: true,
  });
  const said: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const pid = await readPid(child);
  await waitUntilOpen(port, child, said);
  return { endpoint: `http://127.0.0.1:${port}`, pid, stop: () => stopChild(child) };
}

/**
 * The path of the engine's binary for this machine.
 * @throws Error naming the alternatives where no package carries one
 */
export function findBinary(platform = `${process.platform}-${process.arch}`): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${platform}/package.json`);
    return path.join(path.dirname(manifest), 'dynoxide');
  } catch (cause) {
    throw new Error(
      `No DynamoDB engine is installed for ${platform} (looked for the package @dynoxide/${platform}). ` +
        'Either install it (npm install --no-save @dynoxide/' +
        `${platform}, where it exists), or start any DynamoDB-compatible engine with streams, such as AWS's ` +
        'DynamoDB Local, and name its address: DYNAMODB_ENDPOINT=http://localhost:8000 npm start.',
      { cause },
    );
  }
}

function dataArguments(folder: string | undefined): readonly string[] {
  if (folder === undefined) return [];
  mkdirSync(folder, { recursive: true });
  return ['--db-path', path.join(folder, 'dynamodb.sqlite')];
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // oxlint-disable-line typescript/no-unsafe-type-assertion -- it listens on a port
  server.close();
  await once(server, 'close');
  return port;
}

async function readPid(child: ChildProcess): Promise<number> {
  const [line]: unknown[] = child.stdout ? await once(child.stdout, 'data') : [];
  return Number(String(line).trim());
}

async function waitUntilOpen(port: number, child: ChildProcess, said: readonly string[]) {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      await stopChild(child);
      throw new Error(`The DynamoDB engine did not start: ${said.join('').trim()}`);
    }
    await sleep(10);
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(socket.destroy() !== undefined));
    socket.on('error', () => resolve(false));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.stdio[3]?.destroy();
  await gone;
}

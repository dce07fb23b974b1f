/** The product as a person starts it: `bin/local.ts` as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 60_000;

/** A running `npm start`. */
export interface LocalServer {
  /** `http://localhost:<port>`. */
  readonly url: string;
  /** What it has printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts the local runtime on a free port.
 * @throws Error with the server's output where it is not ready in time
 */
export async function startServer(
  options: {
    args?: readonly string[];
    env?: Record<string, string>;
    /** A start that makes site and stack anew takes longer. */
    readyWithinMs?: number;
  } = {},
): Promise<LocalServer> {
  const child = spawn(process.execPath, ['bin/local.ts', ...(options.args ?? [])], {
    cwd: root,
    env: { ...process.env, PORT: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails half-way leaves nothing running.
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  const collect = (chunk: Buffer) => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const { readyWithinMs = READY_WITHIN_MS } = options;
  const url = await waitForUrl(child, { output: () => output, readyWithinMs });
  return {
    url,
    output: () => output,
    stop: async () => {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
      return child.exitCode;
    },
  };
}

/** The system hands these to nobody, so that a server which stops finds its port again when it comes back. */
const KEPT_PORTS = { from: 20_000, count: 10_000 };

/** A port for a server that will be stopped and started again. */
export async function portToKeep(): Promise<string> {
  for (;;) {
    const port = KEPT_PORTS.from + Math.floor(Math.random() * KEPT_PORTS.count);
    if (await isFree(port)) return String(port);
  }
}

function isFree(port: number): Promise<boolean> {
  const probe = net.createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

interface Wait {
  output: () => string;
  readyWithinMs: number;
}

async function waitForUrl(child: ChildProcess, { output, readyWithinMs }: Wait): Promise<string> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const url = /http:\/\/localhost:\d+/u.exec(output())?.[0];
    if (url && (await answers(`${url}/v1/health`))) return url;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`bin/local.ts was not ready within ${readyWithinMs} ms:\n${output()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

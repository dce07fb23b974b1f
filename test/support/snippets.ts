/** The fenced blocks of a page, and how a test runs those that can run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** ```` ```python run hello.py websockets ```` has the language `python` and the words behind it. */
export interface Snippet {
  readonly language: string;
  readonly words: readonly string[];
  readonly code: string;
}

/** Every fenced block of a page, in its order. */
export function snippetsOf(page: string): Snippet[] {
  return [...page.matchAll(/^```(\S+)([^\n]*)\n(.*?)^```$/gmsu)].map(
    ([, language = '', words = '', code = '']) => ({
      language,
      words: words.split(' ').filter(Boolean),
      code,
    }),
  );
}

/** What a process came to. */
export interface Outcome {
  readonly code: unknown;
  readonly output: string;
  readonly errors: string;
}

export interface Run {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the process by itself as soon as its output fits. */
  readonly until?: RegExp;
}

const TIMEOUT_MS = 20_000;

/** Runs a program to its end; one that takes too long is ended. */
export async function run(
  command: readonly [string, ...string[]],
  { cwd, env = {}, until }: Run,
): Promise<Outcome> {
  const [program, ...args] = command;
  // Node as of Lambda, whatever the machine calls `node`.
  const PATH = `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env, PATH } });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
    if (until?.test(output) === true) child.kill();
  });
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  try {
    const [code]: unknown[] = await once(child, 'close');
    return { code, output, errors };
  } catch (cause) {
    return { code: 'none', output, errors: String(cause) };
  } finally {
    clearTimeout(timer);
  }
}

/** The Python that snippets run with: `PYTHON` names another one than `python3`. */
export const PYTHON = process.env['PYTHON'] ?? 'python3';

/** Why Python snippets that import these modules cannot run here; undefined where they can. */
export async function whyNoPython(modules: readonly string[]): Promise<string | undefined> {
  for (const name of modules) {
    const { code } = await run([PYTHON, '-c', `import ${name}`], { cwd: '.' });
    if (code !== 0) return `skipped: ${PYTHON} has no module ${name}`;
  }
  return undefined;
}

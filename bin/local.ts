/** `npm start`: synthesizes the CDK app and runs it here, site and all, on one port. */
import { mkdirSync } from 'node:fs';
import type http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';

import type { ViteDevServer } from 'vite';

import { eventLine } from '../lib/local/bus/tail.ts';
import { openIssuer, type DevelopmentIssuer } from '../lib/local/identity.ts';
import { startRuntime, type Runtime } from '../lib/local/runtime.ts';
import type { RequestHandler } from '../lib/local/server.ts';
import type { Publish } from '../lib/local/site/publication.ts';
import { settingsIn, synthesize } from '../lib/local/template/synthesis.ts';
import { BUS_EVENTS } from '../lib/protocol/events.ts';
import { buildSite } from '../lib/site/build.ts';
import { filesIn } from '../lib/site/files.ts';
import { configFile, publish, type StageConfig } from '../lib/site/publish.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** What one start leaves to the next. */
const CACHE = path.join(ROOT, 'build/local');
const DEFAULT_PORT = 4000;
/** Long enough for the functions behind closing sockets, short enough for a person who waits. */
const STOP_WITHIN_MS = 5_000;
/** What the site is told here: everything is on its own origin, and the issuer believes whoever asks. */
const CONFIG: StageConfig = { api: '/v1', socket: '/ws', tokenUrl: '/local/token', local: true };

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    dev: { type: 'boolean', default: false },
    events: { type: 'boolean', default: false },
    port: { type: 'string', default: process.env['PORT'] ?? String(DEFAULT_PORT) },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const HELP = `npm start -- [--data DIR] [--port N] [--dev] [--events] [--verbose]

  --data DIR   keep everything in DIR across restarts; in memory without it
  --port N     another port than ${DEFAULT_PORT}; PORT does the same
  --dev        serve the web from source with hot reload, without the site's headers and policy
  --events     print what is put on the event bus; GET /local/events has it as JSON lines
  --verbose    print what the functions print, not only warnings and errors

The web is built when its sources have changed, and served as the template's distribution would.

PARLEY_LIMITS     overrides limits by name: {"messagesPer10Seconds": 100000}
PARLEY_REMINDERS  when who is away is told: {"unreadMinutes": 5, "waitingMinutes": 60}
PARLEY_EVENTS     what is put on the bus: ["member.unread"]; everything, where it is not set
DYNAMODB_ENDPOINT uses another DynamoDB than the built-in one`;

if (options.help) {
  console.log(HELP);
} else {
  await start();
}

async function start(): Promise<void> {
  const startedAt = performance.now();
  const dataFolder = options.data === undefined ? undefined : path.resolve(options.data);
  if (dataFolder !== undefined) mkdirSync(dataFolder, { recursive: true });
  let vite: ViteDevServer | undefined;
  let runtime: Runtime | undefined;
  stopOnSignals(() => Promise.allSettled([runtime?.stop(), vite?.close()]));
  const site = options.dev
    ? {
        site: async (server: http.Server) => {
          vite = await startVite(server);
          return siteOf(vite);
        },
      }
    : { publish: publishing() };
  try {
    // its key is a setting of the deployment: a new one each time would be a new synthesis each time
    const issuer = await openIssuer(CACHE);
    runtime = await startRuntime({
      assembly: assemblyFor(issuer),
      port: portFrom(options.port),
      issuer,
      dataFolder,
      databaseEndpoint: process.env['DYNAMODB_ENDPOINT'],
      ...site,
      onLog: printLog,
      onProblem: (problem) => console.error(`✗ ${problem.message}`),
    });
    if (options.events) runtime.events.subscribe((event) => console.log(eventLine(event)));
    announce(runtime, { dataFolder, seconds: (performance.now() - startedAt) / 1_000 });
  } catch (error) {
    console.error(reasonOf(error));
    process.exit(1);
  }
}

function assemblyFor(issuer: DevelopmentIssuer): Promise<string> {
  const settings = {
    // The demo shop's products stand on this machine.
    PARLEY_PRODUCT_HOSTS: '["*", "localhost", "127.0.0.1"]',
    // Here events cost nothing, and whoever writes a receiver wants to see them.
    PARLEY_EVENTS: JSON.stringify(Object.keys(BUS_EVENTS)),
    ...settingsIn(process.env),
    // The tests validate; it takes seconds.
    CDK_VALIDATION: 'false',
    PARLEY_STAGE: 'local',
    PARLEY_ISSUERS: JSON.stringify([issuer.config]),
  };
  return synthesize({ root: ROOT, cache: path.join(CACHE, 'stacks'), settings });
}

/** The build begins at once, beside everything else that starts. */
function publishing(): Publish {
  const building = buildSite(ROOT);
  // Who waits for it hears of a failure; until then it is no unhandled one.
  building.catch(() => undefined);
  return async (put) => publish([...filesIn(await building), configFile(CONFIG)], put);
}

async function startVite(server: http.Server): Promise<ViteDevServer> {
  const { createServer } = await import('vite');
  return createServer({
    configFile: path.join(ROOT, 'web/vite.config.ts'),
    server: { middlewareMode: true, hmr: { server } },
    logLevel: options.verbose ? 'info' : 'warn',
    clearScreen: false,
  });
}

function siteOf(vite: ViteDevServer): RequestHandler {
  const { key, body, contentType } = configFile(CONFIG);
  return (request, response) => {
    if (request.url !== `/${key}`) return vite.middlewares(request, response);
    return response.writeHead(200, { 'content-type': contentType }).end(body);
  };
}

/** Functions print a JSON object per line; what is below a warning is for `--verbose`. */
function printLog(functionName: string, text: string): void {
  for (const line of text.split('\n').filter((it) => it.trim() !== '')) {
    if (options.verbose || isWarning(line)) console.error(`${functionName}: ${line}`);
  }
}

function isWarning(line: string): boolean {
  if (!line.startsWith('{')) return true;
  return /"level":\s*"(?:WARN|ERROR|CRITICAL)"/u.test(line);
}

interface Started {
  readonly dataFolder: string | undefined;
  readonly seconds: number;
}

function announce({ url, socketUrl }: Runtime, { dataFolder, seconds }: Started): void {
  console.log(`
Parley runs. Ready in ${seconds.toFixed(1)} s.

  Shop     ${url}/          you are Nino, a customer
  Inbox    ${url}/inbox     you are Ana of the shop Tbilisi Ceramics
  API      ${url}/v1        socket ${socketUrl}
  Tokens   POST ${url}/local/token, or npm run token -- ${tokenServer(url)}--sub 42 --role customer --name Nino

  ${dataFolder === undefined ? 'Everything is in memory; --data DIR keeps it.' : `Everything is kept in ${dataFolder}.`} Ctrl-C stops.
`);
}

/** The command knows the default port by itself; on any other it has to be told. */
function tokenServer(url: string): string {
  return url === `http://localhost:${DEFAULT_PORT}` ? '' : `--url ${url} `;
}

function stopOnSignals(stopAll: () => Promise<unknown>): void {
  let isStopping = false;
  const stop = () => {
    // A second Ctrl-C does not wait.
    if (isStopping) process.exit(130);
    isStopping = true;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    void stopAll().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`"${text}" is no port: use a number from 1 to 65535.`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${options.port} is in use: stop what runs there, or choose another one with --port or PORT.`;
  }
  return options.verbose ? (error.stack ?? error.message) : error.message;
}

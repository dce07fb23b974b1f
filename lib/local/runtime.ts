/** The whole local deployment in one process and on one port: starts its parts in the right order, and stops them. */
import { once } from 'node:events';
import type http from 'node:http';

import type { EventLog } from './bus/event-buses.ts';
import { systemClock } from './clock.ts';
import { createConnectionsApi } from './connections-api.ts';
import { createDynamodbApi, type DynamodbAccess } from './database/dynamodb-api.ts';
import { startEngine } from './database/engine.ts';
import { createDatabaseGate } from './database/gate.ts';
import { createTables } from './database/tables.ts';
import { startTtlSweeper, type TtlSweeper } from './database/ttl-sweeper.ts';
import { createHttpGateway } from './http-gateway.ts';
import { createRoles, type Guard, type Roles } from './iam/roles.ts';
import type { DevelopmentIssuer } from './identity.ts';
import { functionArnOf } from './lambda/invoke-api.ts';
import { createLambdaPool, type FunctionFigures } from './lambda/pool.ts';
import type { Assembly, Clock, Invoke, StreamMappingModel } from './model.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Queues } from './queues/queues.ts';
import { dispatch, portOf, startListening, type RequestHandler } from './server.ts';
import { serviceEndpoints, startServices } from './services.ts';
import { createDistribution } from './site/distribution.ts';
import type { DistributionModel } from './site/model.ts';
import { publishInto, type Publish } from './site/publication.ts';
import { createSocketGateway, type SocketConnections } from './socket-gateway.ts';
import { openCheckpoints } from './streams/checkpoints.ts';
import { startStreamPoller } from './streams/poller.ts';
import { readAssembly } from './template/assembly.ts';
import { PLACE } from './template/resource-types.ts';
import { ACCOUNT_THROTTLE, createTokenBucket, type TokenBucket } from './throttle.ts';
import { UNDOCUMENTED, type Undocumented } from './undocumented.ts';

/** What to run. */
export interface RuntimeOptions {
  /** The folder of the synthesis; while it is being made, the engine starts. */
  readonly assembly: string | Promise<string>;
  /** 0 takes any free port. */
  readonly port: number;
  readonly issuer: DevelopmentIssuer;
  /** Keeps the data; in memory without. */
  readonly dataFolder?: string | undefined;
  /** `DYNAMODB_ENDPOINT`: another engine than the built-in one. */
  readonly databaseEndpoint?: string | undefined;
  /** The time of everything, in the functions too; the machine's without. */
  readonly clock?: Clock;
  /** Environments per function at once. */
  readonly maxEnvironments?: number;
  /** Puts the site's files into its bucket, before anything answers. */
  readonly publish?: Publish;
  /** Makes what answers instead of the template's distribution; it may hook into the server, as Vite's hot reload does. */
  readonly site?: (server: http.Server) => Promise<RequestHandler>;
  readonly onLog?: (functionName: string, text: string) => void;
  /** Hears of what failed inside: an invocation, a poller. */
  readonly onProblem?: (problem: Error) => void;
  /** For tests: stands between the gateways and the functions. */
  readonly wrapInvoke?: (invoke: Invoke) => Invoke;
  /** For tests: where the functions' calls to the database end, such as a proxy before it. */
  readonly functionsDatabase?: (endpoint: string) => string | Promise<string>;
  /** Other positions of what AWS leaves open. */
  readonly undocumented?: Partial<Undocumented>;
  /** For tests: stands between the functions and the connections API. */
  readonly wrapPushes?: (handle: RequestHandler, connections: SocketConnections) => RequestHandler;
  /** False lets every function do everything, straight at the database: for measuring it. */
  readonly enforcesRoles?: boolean;
}

/** What everything has done so far. */
export interface RuntimeFigures {
  readonly functions: Readonly<Record<string, FunctionFigures>>;
  readonly connections: number;
  /** The engine's process, for its processor time; undefined for one that is not ours. */
  readonly enginePid: number | undefined;
}

/** A running deployment. */
export interface Runtime {
  readonly port: number;
  /** `http://localhost:4000`: the site; the API is under `/v1`. */
  readonly url: string;
  readonly socketUrl: string;
  readonly databaseEndpoint: string;
  readonly assembly: Assembly;
  readonly queues: Queues;
  readonly objects: ObjectStore;
  /** What was put on the event buses. */
  readonly events: EventLog;
  figures(): RuntimeFigures;
  /** Every right of the functions' roles, and whether it was needed so far. */
  rights(): ReadonlyMap<string, boolean>;
  /** Deletes expired rows and objects now, as the clock would by and by; answers how many. */
  sweep(): Promise<number>;
  /** For tests: ends the environment whose invocation has that tracing header. @returns false where none has */
  kill(trace: string): boolean;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Starts everything; when it resolves, everything answers.
 * @throws Error with code EADDRINUSE where the port is taken; otherwise naming what the template or the machine lacks
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const parts = new AsyncDisposableStack();
  try {
    return await startParts(options, parts);
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function startParts(options: RuntimeOptions, parts: AsyncDisposableStack): Promise<Runtime> {
  const { server, listening } = startListening({ host: HOST, port: options.port });
  await listening;
  parts.defer(() => closeServer(server));
  const port = portOf(server);
  const starting = startEngine({
    dataFolder: options.dataFolder,
    endpoint: options.databaseEndpoint,
  });
  // Also where something else fails while it is still starting.
  parts.defer(() => starting.then((engine) => engine.stop()).catch(() => undefined));
  const [engine, assembly, site] = await Promise.all([
    starting,
    Promise.resolve(options.assembly).then((folder) =>
      readAssembly({ folder, origin: originOf(port) }),
    ),
    options.site?.(server),
  ]);
  const core = await startCore(
    { ...options, port, assembly, databaseEndpoint: engine.endpoint },
    parts,
  );
  const { socket, services } = core;
  const [distribution] = assembly.distributions;
  if (options.publish && distribution) {
    await publishInto(services.objects, distribution.bucketName, options.publish);
  }
  dispatch(server, {
    apiPaths: assembly.httpApi.routes.map(({ routeKey }) => routeKey.split(' ')[1] ?? ''),
    api: core.http,
    local: {
      ...services.paths,
      dynamodb: core.gate,
      apis: core.connections,
      token: options.issuer,
    },
    site: site ?? siteOf(distribution, services.objects, reporter(options)),
    upgrade: (request, connection, head) => void socket.handleUpgrade(request, connection, head),
  });
  return {
    port,
    url: `http://localhost:${port}`,
    socketUrl: `ws://localhost:${port}/ws`,
    databaseEndpoint: engine.endpoint,
    assembly,
    queues: services.queues,
    objects: services.objects,
    events: services.events,
    figures: () => ({
      functions: core.pool.figures(),
      connections: socket.count(),
      enginePid: engine.pid,
    }),
    rights: () => core.roles.usage(),
    kill: (trace) => core.pool.kill(trace),
    sweep: async () => services.sweep() + (await core.sweeper.sweep()),
    stop: () => parts.disposeAsync(),
  };
}

/** The template's own distribution, where it has one. */
function siteOf(
  model: DistributionModel | undefined,
  store: ObjectStore,
  onError: (error: unknown) => void,
): RequestHandler | undefined {
  if (!model) return undefined;
  const distribution = createDistribution({ model, store, onError });
  return (request, response) => distribution.handle(request, response);
}

/** What is started once the template and the engine are there. */
type CoreOptions = Omit<RuntimeOptions, 'assembly' | 'databaseEndpoint'> & {
  readonly assembly: Assembly;
  readonly databaseEndpoint: string;
};

function originOf(port: number): string {
  return `http://${HOST}:${port}`;
}

async function startCore(options: CoreOptions, parts: AsyncDisposableStack) {
  const { assembly, clock = systemClock } = options;
  const access = databaseAccess(options.databaseEndpoint);
  const api = createDynamodbApi(access);
  parts.defer(() => api.close());
  await createTables(api, assembly.tables);
  const roles = createRoles(assembly.functions, access);
  const endpoint = (await options.functionsDatabase?.(access.endpoint)) ?? access.endpoint;
  const gate = createDatabaseGate({ ...access, endpoint }, roles.guard);
  parts.defer(() => gate.close());
  const { pool, invoke } = await startFunctions(
    { options, access: { ...access, endpoint }, roles },
    parts,
  );
  const account = createTokenBucket(ACCOUNT_THROTTLE, clock);
  const undocumented = { ...UNDOCUMENTED, ...options.undocumented };
  const gateway = { invoke, clock, account, undocumented };
  const socket = createSocketGateway({ ...gateway, model: assembly.socketApi });
  parts.defer(() => socket.close());
  const http = createHttpGateway({ ...gateway, model: assembly.httpApi });
  const onError = reporter(options);
  const sweeper = startTtlSweeper({ api, tables: assembly.tables, clock, onError });
  parts.defer(() => sweeper.stop());
  const { dataFolder } = options;
  const { guard } = roles;
  const services = startServices(
    { assembly, access, guard, clock, dataFolder, invoke, onError },
    parts,
  );
  startPollers({ options, api, invoke, queues: services.queues, sweeper, roles }, parts);
  return {
    pool,
    roles,
    gate,
    socket,
    http,
    services,
    sweeper,
    connections: connectionsApi(socket, { account, guard, wrapPushes: options.wrapPushes }),
  };
}

function connectionsApi(
  socket: SocketConnections,
  { account, guard, wrapPushes }: ConnectionsOptions,
): { handle: RequestHandler } {
  const api = createConnectionsApi(socket, { account, guard });
  const handle: RequestHandler = (request, response) => api.handle(request, response);
  return { handle: wrapPushes?.(handle, socket) ?? handle };
}

interface ConnectionsOptions {
  readonly wrapPushes: RuntimeOptions['wrapPushes'] | undefined;
  readonly account: TokenBucket;
  readonly guard: Guard;
}

interface Functions {
  readonly options: CoreOptions;
  readonly access: DynamodbAccess;
  readonly roles: Roles;
}

async function startFunctions({ options, access, roles }: Functions, parts: AsyncDisposableStack) {
  const { maxEnvironments, onLog, clock, wrapInvoke, enforcesRoles = true } = options;
  const database = enforcesRoles ? `${originOf(options.port)}/local/dynamodb` : access.endpoint;
  const pool = createLambdaPool({
    functions: options.assembly.functions,
    env: {
      AWS_REGION: access.region,
      AWS_DEFAULT_REGION: access.region,
      AWS_ACCESS_KEY_ID: access.accessKeyId,
      AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: database,
      ...serviceEndpoints(originOf(options.port)),
    },
    ...(enforcesRoles && { keyIdOf: roles.keyIdOf }),
    ...(maxEnvironments !== undefined && { maxEnvironments }),
    ...(clock && { clock }),
    ...(onLog && { onLog }),
  });
  parts.defer(() => pool.close());
  const reporting = reportingInvoke(pool.invoke, options);
  return { pool, invoke: wrapInvoke ? wrapInvoke(reporting) : reporting };
}

interface Polling {
  readonly options: CoreOptions;
  readonly api: ReturnType<typeof createDynamodbApi>;
  readonly invoke: Invoke;
  readonly queues: Queues;
  readonly sweeper: TtlSweeper;
  readonly roles: Roles;
}

function startPollers(polling: Polling, parts: AsyncDisposableStack): void {
  const { options, api, invoke, sweeper } = polling;
  const checkpoints = openCheckpoints(options.dataFolder);
  for (const mapping of options.assembly.streams) {
    const table = options.assembly.tables.find(({ logicalId }) => logicalId === mapping.tableId);
    if (!table) throw new Error(`${mapping.logicalId} reads a table that is not there.`);
    const lambda = options.assembly.functions.find((it) => it.logicalId === mapping.functionId);
    const poller = startStreamPoller({
      mapping,
      functionArn: functionArnOf(lambda?.functionName ?? mapping.functionId),
      table,
      api,
      invoke,
      checkpoints,
      undocumented: { ...UNDOCUMENTED, ...options.undocumented },
      wasSwept: (tableName, keys) => sweeper.takeSwept(tableName, keys),
      onError: reporter(options),
      sendToDeadLetters: deadLettersOf(mapping, polling),
    });
    parts.defer(() => poller.stop());
  }
}

/** Lambda sends them in the function's name: without the right the records are lost at AWS too. */
function deadLettersOf(
  { logicalId, functionId, deadLetterQueueId }: StreamMappingModel,
  { options, queues, roles }: Polling,
) {
  const report = reporter(options);
  const queue = options.assembly.queues.find((it) => it.logicalId === deadLetterQueueId);
  const lambda = options.assembly.functions.find((it) => it.logicalId === functionId);
  return (message: unknown): void => {
    report(new Error(`${logicalId} gave records up: ${JSON.stringify(message)}`));
    if (!queue || !lambda) return;
    const right = { action: 'sqs:SendMessage', resource: queue.arn };
    const refusal = roles.guard(roles.keyIdOf(lambda.functionName), [right]);
    if (refusal === undefined) queues.send(queue.logicalId, message);
    else report(new Error(refusal));
  };
}

/** A failed invocation is the gateway's to answer; somebody should hear the reason. */
function reportingInvoke(invoke: Invoke, options: CoreOptions): Invoke {
  return async (functionId, event) => {
    const result = await invoke(functionId, event);
    if (!result.ok) {
      reporter(options)(new Error(`${functionId}: ${result.errorType}: ${result.errorMessage}`));
    }
    return result;
  };
}

function reporter({ onProblem }: Pick<RuntimeOptions, 'onProblem'>): (error: unknown) => void {
  return (error) => onProblem?.(error instanceof Error ? error : new Error(String(error)));
}

/** Another engine may want the caller's own credentials; ours takes any. */
function databaseAccess(endpoint: string): DynamodbAccess {
  return {
    endpoint,
    region: process.env['AWS_REGION'] ?? PLACE.region,
    accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'local',
    secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'local',
  };
}

async function closeServer(server: http.Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}

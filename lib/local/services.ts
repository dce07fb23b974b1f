/** What functions reach besides the database: objects, queues and event buses, each behind a path of this runtime. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { JsonApi } from './aws/json-api.ts';
import type { Access } from './aws/signature.ts';
import { createEventBuses, type EventLog } from './bus/event-buses.ts';
import { createEventBridgeApi } from './bus/eventbridge-api.ts';
import { createEventTail } from './bus/tail.ts';
import type { Guard } from './iam/roles.ts';
import { createOutputsPage } from './outputs.ts';
import type { Assembly, Clock, Invoke } from './model.ts';
import { createInvokeApi } from './lambda/invoke-api.ts';
import { startLifecycle } from './objects/lifecycle.ts';
import { createObjectApi } from './objects/object-api.ts';
import { openObjectStore, type ObjectStore } from './objects/object-store.ts';
import { startQueuePoller } from './queues/queue-poller.ts';
import { createQueues, type Queues } from './queues/queues.ts';
import { createSqsApi } from './queues/sqs-api.ts';

/** What the services are made of. */
export interface ServicesOptions {
  readonly assembly: Assembly;
  readonly access: Access;
  readonly guard: Guard;
  readonly clock: Clock;
  /** Keeps objects and what waits in queues; events are not kept. */
  readonly dataFolder: string | undefined;
  readonly invoke: Invoke;
  readonly onError: (error: unknown) => void;
}

type ServiceName = 's3' | 'sqs' | 'eventbridge' | 'events' | 'lambda' | 'outputs';

/** The running services. */
export interface Services {
  readonly objects: ObjectStore;
  readonly queues: Queues;
  readonly events: EventLog;
  /** Deletes expired objects now; how many. */
  sweep(): number;
  /** By the path's part after `/local/`. */
  readonly paths: Readonly<Record<ServiceName, JsonApi>>;
}

/** The addresses that the functions get, by the names under which the SDK looks for them. */
export function serviceEndpoints(origin: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_S3: `${origin}/local/s3`,
    AWS_ENDPOINT_URL_SQS: `${origin}/local/sqs`,
    AWS_ENDPOINT_URL_EVENTBRIDGE: `${origin}/local/eventbridge`,
  };
}

/** Starts them; what they stop with is left to `parts`. */
export function startServices(options: ServicesOptions, parts: AsyncDisposableStack): Services {
  const { assembly, access, guard, clock, dataFolder, invoke, onError } = options;
  const objects = openObjectStore(objectFolder(dataFolder, parts), clock);
  const lifecycle = startLifecycle({ buckets: assembly.buckets, store: objects, clock });
  parts.defer(() => lifecycle.stop());
  const queues = createQueues({
    models: assembly.queues,
    clock,
    dataFolder,
    read: assembly.queueMappings.map(({ queueId }) => queueId),
  });
  const buses = createEventBuses({
    buses: assembly.buses,
    rules: assembly.rules,
    send({ kind, id }, event) {
      if (kind === 'queue') queues.send(id, event);
      // Once, where EventBridge would try for a day: a failure is reported, as every invocation's is.
      else void invoke(id, event);
    },
  });
  for (const mapping of assembly.queueMappings) {
    const queue = queues.get(mapping.queueId);
    const poller = startQueuePoller({ mapping, queue, invoke, clock });
    parts.defer(() => poller.stop());
  }
  const { buckets } = assembly;
  return {
    objects,
    queues,
    events: buses,
    sweep: () => lifecycle.sweep(),
    paths: {
      s3: createObjectApi({
        buckets,
        store: objects,
        access,
        guard,
        clock,
        root: '/local/s3',
        onError,
      }),
      sqs: createSqsApi({ queues, access, guard, clock }),
      eventbridge: createEventBridgeApi({ buses, access, guard, clock }),
      events: createEventTail(buses),
      lambda: createInvokeApi({ functions: assembly.functions, invoke, access, guard }),
      outputs: createOutputsPage(assembly.outputs),
    },
  };
}

function objectFolder(dataFolder: string | undefined, parts: AsyncDisposableStack): string {
  if (dataFolder !== undefined) return path.join(dataFolder, 'objects');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-objects-'));
  parts.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A CloudFront distribution over a bucket: behaviours by path, the function, the headers, error pages and compression. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { textOf } from '../json.ts';
import type { ObjectStore, StoredObject } from '../objects/object-store.ts';
import { createCompressor, type Compressor } from './compressor.ts';
import type { BehaviorModel, DistributionModel, HeaderModel, HeadersModel } from './model.ts';
import { loadRequestFunction, type RequestFunction } from './request-function.ts';

/** What a distribution is made of. */
export interface DistributionOptions {
  readonly model: DistributionModel;
  readonly store: ObjectStore;
  readonly onError: (error: unknown) => void;
}

/** A distribution that answers. */
export interface Distribution {
  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface Behavior extends BehaviorModel {
  readonly pattern: RegExp;
  readonly rewrite: RequestFunction | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** What S3 says of an object that browsers are told. */
const OBJECT_HEADERS = ['content-type', 'cache-control', 'content-disposition'];

/** Builds it. @throws Error where a function of the template does not run */
export function createDistribution({ model, store, onError }: DistributionOptions): Distribution {
  const compressor = createCompressor();
  const behaviors = model.behaviors.map((it) => behaviorOf(it, model.logicalId));
  return {
    async handle(request, response) {
      try {
        const uri = (request.url ?? '/').split('?', 1)[0] ?? '/';
        const behavior = behaviors.find(({ pattern }) => pattern.test(uri));
        if (!behavior) throw new Error(`${model.logicalId} has no behaviour for ${uri}.`);
        const given = await answer({ model, store, compressor, behavior, request, uri });
        send(request, response, withHeaders(given, behavior.headers, request.headers.origin));
      } catch (error) {
        onError(error);
        if (!response.headersSent) response.writeHead(503, { 'content-type': 'text/plain' });
        response.end('The distribution failed.\n');
      }
    },
  };
}

function behaviorOf(model: BehaviorModel, name: string): Behavior {
  const { pathPattern, requestFunction } = model;
  const source = pathPattern
    .replace(/^(?!\/|\*)/u, '/')
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return {
    ...model,
    pattern: new RegExp(`^${source}$`, 'u'),
    rewrite: requestFunction === undefined ? undefined : loadRequestFunction(requestFunction, name),
  };
}

interface Request {
  readonly model: DistributionModel;
  readonly store: ObjectStore;
  readonly compressor: Compressor;
  readonly behavior: Behavior;
  readonly request: IncomingMessage;
  readonly uri: string;
}

async function answer(asked: Request): Promise<Answer> {
  const { behavior, request, uri } = asked;
  const method = request.method ?? 'GET';
  if (!behavior.methods.includes(method)) {
    return refusal(403, 'This distribution is not configured to allow the HTTP request method.');
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const rewritten = behavior.rewrite?.({ method, uri, headers }) ?? { kind: 'request', uri };
  if (rewritten.kind === 'response') {
    const given = Object.entries(rewritten.headers).map(([name, it]) => [name, textOf(it)]);
    return { status: rewritten.status, headers: Object.fromEntries(given) };
  }
  const object = find(asked, rewritten.uri);
  return object ? deliver(asked, object) : errorPage(asked);
}

function find({ model, store }: Request, uri: string): StoredObject | undefined {
  let key: string;
  try {
    key = decodeURIComponent(uri.slice(1));
  } catch {
    return undefined;
  }
  return store.get({ bucket: model.bucketName, key: key === '' ? (model.rootObject ?? '') : key });
}

async function errorPage(asked: Request): Promise<Answer> {
  const page = asked.model.errorPages.find(({ status }) => status === 404);
  const object = page && find(asked, page.path);
  if (!page || !object) return refusal(404, 'There is nothing at this address.');
  const { body, headers } = await deliver(asked, object, false);
  return { status: page.responseStatus, headers, ...(body !== undefined && { body }) };
}

/** With its version, so that a browser that has it is told so; a page for errors is always sent. */
async function deliver(
  { store, compressor, behavior, request }: Request,
  object: StoredObject,
  mayBeKnown = true,
): Promise<Answer> {
  const known = Object.entries(object.headers).filter(([name]) => OBJECT_HEADERS.includes(name));
  const type = object.headers['content-type'] ?? 'binary/octet-stream';
  const encoding = compressor.choose(behavior.encodings, {
    accepted: request.headers['accept-encoding'] ?? '',
    type,
    size: object.size,
  });
  // Compressed, it is the same in meaning and not byte for byte.
  const etag = encoding ? `W/"${object.etag}"` : `"${object.etag}"`;
  const headers: Record<string, string> = {
    ...Object.fromEntries(known),
    'content-type': type,
    etag,
    'last-modified': new Date(object.lastModified).toUTCString(),
    ...(behavior.encodings.length > 0 && { vary: 'accept-encoding' }),
    ...(encoding && { 'content-encoding': encoding }),
  };
  if (mayBeKnown && isKnown(request, object.etag)) return { status: 304, headers };
  const plain = object.size === 0 ? Buffer.alloc(0) : await readAll(store, object);
  const body = encoding ? await compressor.compress(plain, encoding, object.etag) : plain;
  return { status: 200, headers, body };
}

function readAll(store: ObjectStore, object: StoredObject): Promise<Buffer> {
  return buffer(store.read(object, { start: 0, end: object.size - 1 }));
}

function isKnown(request: IncomingMessage, etag: string): boolean {
  const known = request.headers['if-none-match'] ?? '';
  return known.split(',').some((it) => it.trim().replace(/^W\//u, '') === `"${etag}"`);
}

function refusal(status: number, text: string): Answer {
  return { status, headers: { 'content-type': 'text/plain' }, body: `${text}\n` };
}

/** As the policy says: what it takes away, what it sets, and CORS for whoever asks from elsewhere. */
function withHeaders(
  given: Answer,
  policy: HeadersModel | undefined,
  origin: string | undefined,
): Answer {
  if (!policy) return given;
  const headers = Object.fromEntries(
    Object.entries(given.headers).filter(([name]) => !policy.remove.includes(name)),
  );
  const set = (added: readonly HeaderModel[]) => {
    for (const { name, value, isForced } of added) {
      if (isForced || !(name in headers)) headers[name] = value;
    }
  };
  set(policy.set);
  if (origin !== undefined) set(policy.cors);
  return { ...given, headers };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { status, headers, body = '' } = answer;
  request.resume();
  const length = status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(request.method === 'HEAD' || status === 304 ? undefined : body);
}

/** Runs the code of a CloudFront Function on a viewer's request: the very text, apart from everything of this process. */
import vm from 'node:vm';

import { isJson, jsonOf, numberOf, textOf, type Json } from '../json.ts';

/** A request as a function sees and changes it. */
export interface ViewerRequest {
  readonly method: string;
  /** The path, without the query. */
  readonly uri: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a function made of a request: where it goes on, or the answer. */
export type FunctionResult =
  | { readonly kind: 'request'; readonly uri: string }
  | { readonly kind: 'response'; readonly status: number; readonly headers: Json };

/** A function ready to be called. */
export type RequestFunction = (request: ViewerRequest) => FunctionResult;

/** CloudFront's own limit. */
const MAX_CODE_BYTES = 10_240;
/** CloudFront allows about a millisecond of a machine that is not known; this is for endless loops, and a busy laptop stands still for longer than one would think. */
const MAX_RUN_MS = 2_000;

/**
 * Loads a function's code.
 * @param name who owns it, for messages
 * @throws Error where it is too large or does not run
 */
export function loadRequestFunction(code: string, name: string): RequestFunction {
  if (Buffer.byteLength(code) > MAX_CODE_BYTES) {
    throw new Error(`${name}: CloudFront takes functions of ${MAX_CODE_BYTES} bytes at most.`);
  }
  // No eval, no imports, no process: there is none of it at CloudFront either.
  const context = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  vm.runInContext(code, context, { filename: `${name}.js`, timeout: MAX_RUN_MS });
  if (vm.runInContext('typeof handler', context) !== 'function') {
    throw new Error(`${name} has no function "handler", which is what CloudFront calls.`);
  }
  const call = new vm.Script('JSON.stringify(handler(JSON.parse(event)))');
  return (request) => {
    // As text: no object of this process can be reached from within.
    Object.assign(context, { event: JSON.stringify(eventOf(request)) });
    const answer: unknown = call.runInContext(context, { timeout: MAX_RUN_MS });
    return resultOf(JSON.parse(textOf(answer, 'null')), name);
  };
}

function eventOf({ method, uri, headers }: ViewerRequest): Json {
  return {
    version: '1.0',
    context: { eventType: 'viewer-request', distributionId: 'LOCAL', requestId: 'local' },
    viewer: { ip: '127.0.0.1' },
    request: {
      method,
      uri,
      querystring: {},
      cookies: {},
      headers: Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [header, { value }]),
      ),
    },
  };
}

function resultOf(answer: unknown, name: string): FunctionResult {
  if (!isJson(answer)) throw new Error(`${name} returned neither a request nor a response.`);
  if (answer['statusCode'] !== undefined) {
    return {
      kind: 'response',
      status: numberOf(answer['statusCode'], 500),
      headers: Object.fromEntries(
        Object.entries(jsonOf(answer['headers'])).map(([header, it]) => [
          header,
          textOf(jsonOf(it)['value']),
        ]),
      ),
    };
  }
  const uri = textOf(answer['uri']);
  if (uri.startsWith('/')) return { kind: 'request', uri };
  throw new Error(`${name} returned the path "${uri}", which does not begin with a slash.`);
}

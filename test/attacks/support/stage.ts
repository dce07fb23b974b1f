/** The whole local stack as an attacker meets it: raw calls, raw handshakes, and a search of all logs at the end. */
import { expect } from 'vitest';
import { WebSocket } from 'ws';

import {
  type LocalStack,
  type LocalStackOptions,
  startLocalStack,
  type TokenClaims,
} from '../../support/local-stack.ts';
import { Secrets } from './secrets.ts';

/** The one site that the deployment under attack knows. */
export const SHOP_ORIGIN = 'https://shop.example';

/** What an HTTP call came to. A body that is no JSON stands under `text` only. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads deep into answers of many shapes
  readonly body: any;
  readonly text: string;
}

export interface Call {
  /** A token as it is sent; none where absent. */
  readonly token?: string;
  readonly headers?: Record<string, string>;
  /** A text or bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** An open socket: what it heard, and how it ended. */
export interface Line {
  readonly socket: WebSocket;
  // oxlint-disable-next-line typescript/no-explicit-any -- frames of many shapes
  readonly heard: any[];
  /** The close code, once it has closed. */
  readonly closed: Promise<number>;
  say(frame: unknown): void;
}

export interface Handshake {
  readonly query?: string;
  readonly origin?: string;
  readonly headers?: Record<string, string>;
  /** The subprotocols, instead of the version and the token. */
  readonly offers?: string[];
}

export interface Stage {
  readonly stack: LocalStack;
  /** Everything that the functions have written to their logs. */
  readonly logged: string[];
  token(claims: TokenClaims): Promise<string>;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** A socket, or the status that refused it. */
  knock(token: string, handshake?: Handshake): Promise<Line | number>;
  /** A socket. @throws where it is refused */
  open(token: string, handshake?: Handshake): Promise<Line>;
  /** Ends the stack, and fails where a log holds anything that was said, a token or an e-mail address. */
  stop(): Promise<void>;
}

/** Starts the stack with the contract's own limits and one allowed origin. */
export async function startStage(options: LocalStackOptions = {}): Promise<Stage> {
  const logged: string[] = [];
  const secrets = new Secrets();
  const lines = new Set<WebSocket>();
  const stack = await startLocalStack({
    env: { PARLEY_ORIGINS: JSON.stringify([SHOP_ORIGIN]) },
    ...options,
    onLog: (_, text) => void logged.push(text),
  });
  const knock: Stage['knock'] = (token, handshake) =>
    shake({ stack, lines, secrets, token, handshake });
  return {
    stack,
    logged,
    token: async (claims) => {
      secrets.addBody(claims);
      const token = await stack.token(claims);
      secrets.addToken(token);
      return token;
    },
    call: (method, path, call = {}) => {
      secrets.addToken(call.token ?? '');
      secrets.addBody(call.body);
      return request(`${stack.url}/v1${path}`, method, call);
    },
    knock,
    open: async (token, handshake) => {
      const line = await knock(token, handshake);
      if (typeof line === 'number') throw new Error(`The handshake was refused with ${line}.`);
      return line;
    },
    stop: async () => {
      for (const socket of lines) socket.terminate();
      await stack.stop();
      expectClean(logged.join('\n'), secrets);
    },
  };
}

function expectClean(log: string, secrets: Secrets): void {
  expect(log.length, 'nothing was logged, so nothing was searched').toBeGreaterThan(0);
  expect(secrets.count, 'nothing was said, so nothing was searched for').toBeGreaterThan(0);
  expect(secrets.foundIn(log)).toEqual([]);
}

async function request(
  url: string,
  method: string,
  { token, headers = {}, body }: Call,
): Promise<Answer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

interface Shaking {
  readonly stack: LocalStack;
  readonly lines: Set<WebSocket>;
  readonly secrets: Secrets;
  readonly token: string;
  readonly handshake: Handshake | undefined;
}

function shake({ stack, lines, secrets, token, handshake = {} }: Shaking): Promise<Line | number> {
  secrets.addToken(token);
  const { query = '', offers = ['parley.v1', token], origin, headers = {} } = handshake;
  const socket = new WebSocket(`${stack.socketUrl}${query}`, offers, {
    headers,
    ...(origin === undefined ? {} : { origin }),
  });
  lines.add(socket);
  const heard: unknown[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())));
  const closed = new Promise<number>((resolve) => void socket.on('close', resolve));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('unexpected-response', (asked, response) => {
      resolve(response.statusCode ?? 0);
      asked.destroy();
    });
    socket.on('open', () => {
      const say = (frame: unknown) => {
        secrets.addBody(frame);
        socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
      };
      resolve({ socket, heard, closed, say });
    });
  });
}

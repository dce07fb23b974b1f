/** Writes down what a client does: its calls and frames, as they pass the ports on which every client runs. */
import type { FetchPort, Ports, SocketListener, SocketPort } from '#client/ports.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import {
  type AskedFrame,
  callEntry,
  eventEntries,
  frameEntry,
  presenceEntries,
} from './entries.ts';
import type { ClientFacts, Entry, History } from './history.ts';

/** The ports that carry everything between a client and its server. */
export type WirePorts = Pick<Ports, 'fetch' | 'openSocket'>;

/** Puts a recorder before the ports of a client, and introduces the client to the history. */
export function recordingPorts(history: History, client: ClientFacts, ports: WirePorts): WirePorts {
  history.addClient(client);
  const { name } = client;
  return {
    fetch: (url, init) => recordCall({ history, client: name, fetch: ports.fetch }, url, init),
    openSocket: (url, protocols, listener) => {
      const recorder = new SocketRecorder(history, name, listener);
      return recorder.over(ports.openSocket(url, protocols, recorder));
    },
  };
}

async function recordCall(
  { history, client, fetch }: { history: History; client: string; fetch: FetchPort },
  url: string,
  init: Parameters<FetchPort>[1],
): ReturnType<FetchPort> {
  const calledMs = history.now();
  const asked = { url, ...init, answer: null };
  const finish = history.begin(
    callEntry(client, { ...asked, times: { calledMs, endedMs: Infinity } }),
  );
  try {
    const response = await fetch(url, init);
    const { status, headers } = response;
    const text = await response.text();
    const call = {
      ...asked,
      answer: { status, text },
      times: { calledMs, endedMs: history.now() },
    };
    finish(callEntry(client, call));
    for (const entry of presenceEntries(client, call)) history.add(entry);
    return { status, headers, text: async () => text };
  } catch (error) {
    finish(callEntry(client, { ...asked, times: { calledMs, endedMs: history.now() } }));
    throw error;
  }
}

/** A frame that waits for its answer. */
interface Asked {
  readonly frame: AskedFrame;
  readonly calledMs: number;
  readonly finish: (entry: Entry) => void;
}

class SocketRecorder implements SocketListener {
  readonly #history: History;
  readonly #client: string;
  readonly #listener: SocketListener;
  readonly #asked = new Map<string, Asked>();
  #isOpen = false;

  constructor(history: History, client: string, listener: SocketListener) {
    this.#history = history;
    this.#client = client;
    this.#listener = listener;
  }

  over(port: SocketPort): SocketPort {
    return {
      send: (text) => {
        const frame: AskedFrame = JSON.parse(text);
        if (frame.ref !== undefined) this.#ask(frame.ref, frame);
        port.send(text);
      },
      close: () => port.close(),
    };
  }

  readonly onOpen = (): void => {
    this.#isOpen = true;
    this.#noteSocket();
    this.#listener.onOpen();
  };

  readonly onText = (text: string): void => {
    const frame: ServerFrame = JSON.parse(text);
    if ('ref' in frame && frame.ref !== undefined) this.#noteReply(frame.ref, frame);
    else if ('event' in frame) this.#noteEvent(frame);
    this.#listener.onText(text);
  };

  readonly onClose = (code: number): void => {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#noteSocket();
    }
    for (const ref of this.#asked.keys()) this.#noteReply(ref, null);
    this.#listener.onClose(code);
  };

  #noteSocket(): void {
    const client = this.#client;
    this.#history.add({ kind: 'socket', client, atMs: this.#history.now(), isOpen: this.#isOpen });
  }

  #noteEvent(frame: ServerFrame): void {
    for (const entry of eventEntries(this.#client, frame, this.#history.now()))
      this.#history.add(entry);
  }

  #ask(ref: string, frame: AskedFrame): void {
    const calledMs = this.#history.now();
    const times = { calledMs, endedMs: Infinity };
    const finish = this.#history.begin(frameEntry(this.#client, { frame, reply: null, times }));
    this.#asked.set(ref, { frame, calledMs, finish });
  }

  #noteReply(ref: string, reply: ServerFrame | null): void {
    const asked = this.#asked.get(ref);
    if (asked === undefined) return;
    this.#asked.delete(ref);
    const times = { calledMs: asked.calledMs, endedMs: this.#history.now() };
    asked.finish(frameEntry(this.#client, { frame: asked.frame, reply, times }));
  }
}

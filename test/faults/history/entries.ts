/** What a call, a frame or an event says, as entries of a history. */
import type { Message, OutgoingMessage } from '#protocol/message.ts';
import type { Participant } from '#protocol/room.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { type Entry, type EventEntry, type Outcome, seenOf, type Times } from './history.ts';

/** An HTTP call that is over; `answer` is null where none was heard. */
export interface FinishedCall {
  readonly url: string;
  readonly method: string;
  readonly body?: string;
  readonly answer: { readonly status: number; readonly text: string } | null;
  readonly times: Times;
}

/** A frame of a client, as far as it is looked at. */
export interface AskedFrame {
  readonly action: string;
  readonly ref?: string;
  readonly roomId?: string;
  readonly seq?: number;
  readonly text?: string;
  readonly after?: number;
  readonly message?: OutgoingMessage;
}

/** A frame and what it was answered; null where no answer came before the socket ended. */
export interface FinishedFrame {
  readonly frame: AskedFrame;
  readonly reply: ServerFrame | null;
  readonly times: Times;
}

type Common = Times & {
  readonly client: string;
  readonly roomId: string;
  readonly outcome: Outcome;
};

type Sent = OutgoingMessage & { readonly after?: number | undefined };

/** The entry of an HTTP call, answered or not. */
export function callEntry(client: string, finished: FinishedCall): Entry {
  const { method, answer, times } = finished;
  const { searchParams } = new URL(finished.url);
  const { room, part, place } = partsOf(finished);
  const common: Common = { client, roomId: room, outcome: outcomeOf(answer), ...times };
  const given: unknown = finished.body === undefined ? {} : JSON.parse(finished.body);
  const got = gotOf(finished);
  if (part === 'messages' && place === undefined) {
    return method === 'POST'
      ? sendEntry(common, given as Sent, got as Message | null)
      : fetchEntry(common, searchParams, got as Page | null);
  }
  if (part === 'messages') return changeEntry(common, method, { place, ...(given as object) });
  if (part === 'read') return { kind: 'read', ...common, seq: (given as { seq: number }).seq };
  const { roomId: _roomId, ...rest } = common;
  return { kind: 'call', name: `${method} ${part || 'room'}`, ...rest };
}

/** What an answer tells of presence. */
export function presenceEntries(client: string, finished: FinishedCall): Entry[] {
  if (partsOf(finished).part !== 'participants') return [];
  const people = (gotOf(finished) as { items: Participant[] } | null)?.items ?? [];
  return people.map(({ member: about, online, onlineUntil }) => {
    return { kind: 'presence', client, about, online, onlineUntil, ...finished.times };
  });
}

function partsOf({ url }: FinishedCall) {
  const [, , , room = '', part = '', place] = new URL(url).pathname.split('/');
  return { room: decodeURIComponent(room), part, place };
}

function gotOf({ answer }: FinishedCall): unknown {
  return answer?.text && outcomeOf(answer) === 'ok' ? JSON.parse(answer.text) : null;
}

/** The entry of an answered frame, or of one that never will be. */
export function frameEntry(client: string, { frame, reply, times }: FinishedFrame): Entry {
  const { action, roomId = '', seq = 0, text, after, message } = frame;
  const outcome =
    reply === null ? 'unanswered' : reply.event === 'error' ? reply.code : ('ok' as const);
  const common: Common = { client, roomId, outcome, ...times };
  const ack = reply?.event === 'ack' ? reply : null;
  if (message !== undefined) return sendEntry(common, { ...message, after }, ack);
  if (action === 'read') return { kind: 'read', ...common, seq };
  if (action === 'edit' || action === 'delete' || action === 'react') {
    return { kind: 'change', what: action, ...common, seq, text: text ?? null };
  }
  const { roomId: _roomId, ...rest } = common;
  return { kind: 'call', name: action, ...rest };
}

/** The entries of a frame that came by itself. */
export function eventEntries(client: string, frame: ServerFrame, atMs: number): Entry[] {
  const message = frame.event === 'message' || frame.event === 'message.updated';
  const entry: EventEntry = {
    kind: 'event',
    client,
    atMs,
    event: frame.event,
    roomId: roomIdOf(frame),
    message: message ? seenOf(frame.message) : null,
  };
  if (frame.event !== 'presence') return [entry];
  const { member: about, online, onlineUntil } = frame;
  const times = { calledMs: atMs, endedMs: atMs };
  return [entry, { kind: 'presence', client, about, online, onlineUntil, ...times }];
}

interface Page {
  readonly items: readonly Message[];
  readonly hasMore: boolean;
}

function sendEntry(common: Common, sent: Sent, answer: { readonly seq: number } | null): Entry {
  const text = 'text' in sent && sent.text !== undefined ? sent.text.trim() : null;
  const seq = answer?.seq ?? null;
  return { kind: 'send', ...common, id: sent.id, text, after: sent.after ?? null, seq };
}

function fetchEntry(common: Common, query: URLSearchParams, page: Page | null): Entry {
  return {
    kind: 'fetch',
    ...common,
    after: numberOf(query.get('after')),
    before: numberOf(query.get('before')),
    messages: page?.items.map(seenOf) ?? [],
    hasMore: page?.hasMore ?? false,
  };
}

function changeEntry(
  common: Common,
  method: string,
  { place, text }: { place: string | undefined; text?: string },
): Entry {
  const what = method === 'PATCH' ? 'edit' : method === 'DELETE' ? 'delete' : 'react';
  return { kind: 'change', what, ...common, seq: Number(place), text: text?.trim() ?? null };
}

function roomIdOf(frame: ServerFrame): string | null {
  if (frame.event === 'message' || frame.event === 'message.updated') return frame.message.roomId;
  if (frame.event === 'room') return frame.room.roomId;
  if (frame.event === 'note') return frame.note.roomId;
  return 'roomId' in frame ? frame.roomId : null;
}

/** Our own refusals name a code, the gateway's only a status. */
function outcomeOf(answer: FinishedCall['answer']): Outcome {
  if (answer === null) return 'unanswered';
  if (answer.status < 300) return 'ok';
  const code = /"code":"(\w+)"/u.exec(answer.text)?.[1];
  return code ?? `status ${answer.status}`;
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

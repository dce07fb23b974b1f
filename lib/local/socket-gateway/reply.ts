/** What a client sees of a function's answer to its frame. */
import { MAX_SOCKET_MESSAGE_BYTES } from '#protocol/limits.ts';
import { TIMED_OUT } from '../clock.ts';
import { isJson } from '../json.ts';
import type { InvokeResult } from '../model.ts';
import type { Undocumented } from '../undocumented.ts';
import { statusOf } from './handshake.ts';

/** Text for the client, a failure in the gateway's words, an answer over the limit, or nothing. */
type Reply = { readonly text: string } | { readonly error: string } | 'too large' | undefined;

/** What a client sees of an integration's answer. */
export function replyOf(
  answer: InvokeResult | typeof TIMED_OUT,
  hasRouteResponse: boolean,
  undocumented: Undocumented,
): Reply {
  const failed = { error: 'Internal server error' };
  if (answer === TIMED_OUT) return { error: undocumented.timedOutMessage };
  if (!answer.ok) return failed;
  const { payload } = answer;
  if (undocumented.answerNeedsStatusCode && statusOf(payload) === undefined) return failed;
  if (!hasRouteResponse) return undefined;
  const body = isJson(payload) ? (payload['body'] ?? '') : '';
  if (typeof body !== 'string') return failed;
  if (Buffer.byteLength(body) > MAX_SOCKET_MESSAGE_BYTES) {
    return undocumented.largeAnswerCloses ? 'too large' : failed;
  }
  return body !== '' || undocumented.sendsEmptyRouteResponse ? { text: body } : undefined;
}

/** A client's frame from its text: JSON, its action, its ref. Whatever comes, the socket lives on. */
import { type Action, CLIENT_FRAMES, type ClientFrame } from '#protocol/client-frames.ts';
import { ChatError } from '#protocol/errors.ts';
import { refSchema } from '#protocol/fields.ts';
import { parse } from '#protocol/parse.ts';

/**
 * The JSON of a frame, or undefined where it is none.
 * What JSON.parse says of broken text quotes it, so its error goes nowhere.
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws ChatError `invalid` for what is no object, names no action of the contract, or does not fit its schema */
export function readFrame(value: unknown): ClientFrame {
  if (!isObject(value)) throw refuse('', 'must be a JSON object');
  const action = 'action' in value ? value.action : undefined;
  if (typeof action !== 'string' || !isAction(action)) throw refuse('action', 'is unknown');
  return parse(CLIENT_FRAMES[action], value);
}

/** The ref that a reply repeats, where one can be read. */
export function readRef(value: unknown): { ref?: string } {
  if (!isObject(value) || !('ref' in value)) return {};
  try {
    return { ref: parse(refSchema, value.ref) };
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own names only: `constructor` and `__proto__` are no actions. */
function isAction(name: string): name is Action {
  return Object.hasOwn(CLIENT_FRAMES, name);
}

function refuse(path: string, message: string): ChatError {
  return new ChatError('invalid', { errors: [{ path, message }] });
}

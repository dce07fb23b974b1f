/** The caller between the authorizer and the frames: the gateway keeps a flat record of text for the socket's life. */
import type { Caller } from '#core/access.ts';
import { ChatError } from '#protocol/errors.ts';
import { isMember, type Role } from '#protocol/ids.ts';

/** What the authorizer hands to the gateway. */
export type CallerContext = Record<string, string | number>;

/** The fields that are plain text in both; absent ones stay absent. */
const TEXTS = ['vendorName', 'picture', 'locale', 'device'] as const;

/** The caller as a flat record; the gateway takes nothing else. */
export function toContext(caller: Caller): CallerContext {
  const { member, user, role, name, expiresAtMs } = caller;
  const context: CallerContext = { user, role, name, expiresAtMs };
  if (member !== null) context['member'] = member;
  for (const key of TEXTS) {
    const value = caller[key];
    if (value !== undefined) context[key] = value;
  }
  return context;
}

/**
 * The caller of a frame. The gateway returns every value as text, and never refreshes it: that the token
 * has ended meanwhile is checked here, frame by frame.
 * @throws ChatError `token_expired`, `unauthorized` where the context is not one of ours
 */
export function fromContext(context: unknown, connectionId: string, nowMs: number): Caller {
  const values = new Map<string, unknown>(Object.entries(Object(context)));
  const text = (key: string) => {
    const value = values.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const [user, role, member] = [text('user'), text('role'), text('member')];
  if (user === undefined || !isRole(role)) throw new ChatError('unauthorized');
  const expiresAtMs = Number(values.get('expiresAtMs'));
  // Written so that NaN counts as ended.
  if (!(expiresAtMs > nowMs)) throw new ChatError('token_expired');
  return {
    member: isMember(member) ? member : null,
    user,
    role,
    name: text('name') ?? user,
    connectionId,
    expiresAtMs,
    ...Object.fromEntries(TEXTS.flatMap((key) => (values.has(key) ? [[key, text(key)]] : []))),
  };
}

function isRole(value: unknown): value is Role {
  return value === 'customer' || value === 'vendor' || value === 'admin';
}

/** What the checker found: which promise is broken, and where to look. */

/** A broken promise. */
export interface Finding {
  readonly rule: Rule;
  readonly roomId: string | null;
  readonly message: { readonly seq: number | null; readonly id: string | null } | null;
  /** The clients and members it happened to. */
  readonly clients: readonly string[];
  readonly detail: string;
}

/** Every promise that is checked. */
export const RULES = {
  lost: 'an acknowledged message is readable by every member, as it was sent or last changed',
  doubled: 'no (member, id) occurs twice',
  numbers: 'numbers are gapless from 1',
  same: 'every member reads the same log, and nobody ever saw another',
  invented: 'every message was sent by somebody',
  time: '`at` never runs against the numbers',
  order: 'a message sent after another was acknowledged comes behind it',
  backwards: 'no reader ever goes backwards',
  marks: 'read marks never shrink, and lie where they were set',
  unread: '`unread` is exact at the end',
  converged: 'all devices of a member converge to the same timeline',
  presence: 'presence tells the truth within its TTL',
  privacy: 'no push reaches somebody who is not a member',
  suspended: 'no push reaches a suspended user a minute after the suspension',
} as const;

export type Rule = keyof typeof RULES;

/** A finding in one line, for a person who wants to replay it. */
export function describeFinding(seed: number, finding: Finding): string {
  const { rule, roomId, message, clients, detail } = finding;
  const where = [
    `seed ${seed}`,
    ...(roomId === null ? [] : [`room ${roomId}`]),
    ...(message === null ? [] : [`message ${message.seq ?? '?'} (${message.id ?? '?'})`]),
    ...(clients.length === 0 ? [] : [clients.join(', ')]),
  ];
  return `${rule}: ${detail} [${where.join(' · ')}]`;
}

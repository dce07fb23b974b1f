/** Field schemas that frames and routes share. */
import * as z from 'zod/mini';

import { isMember, type Member, UUID_PATTERN } from './ids.ts';
import { MAX_PREFIX_LENGTH, MAX_REF_LENGTH, MAX_SUBJECT_LENGTH } from './limits.ts';

/** A message number: 1, 2, 3 … */
export const seqSchema = z.int().check(z.gte(1));

/** A position between messages: 0 is before the first. */
export const positionSchema = z.int().check(z.gte(0));

/** The id that a client chooses for its message. */
export const messageIdSchema = z.string().check(z.regex(UUID_PATTERN, 'must be a UUID'));

/** What a reply repeats. */
export const refSchema = z.string().check(z.minLength(1), z.maxLength(MAX_REF_LENGTH));

export const memberSchema = z.custom<Member>(isMember, 'must be a member');

/** ISO 8601 in UTC with milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

/** Text that survives storage unchanged: no half of a surrogate pair. */
export function wellFormed(maxLength: number) {
  return z.string().check(
    z.maxLength(maxLength),
    z.refine((text) => text.isWellFormed(), 'must be well-formed Unicode (no lone surrogates)'),
  );
}

/** A room id as a caller names it; one that names nothing is not_found, not invalid. */
export const roomIdSchema = wellFormed(128).check(z.minLength(1));

/** An id of a token, behind its issuer's prefix. */
const subjectOf = () =>
  wellFormed(MAX_PREFIX_LENGTH + MAX_SUBJECT_LENGTH).check(
    z.minLength(1),
    z.refine((id) => !/\p{Cc}/u.test(id), 'must have no control characters'),
  );

/** A vendor as a customer names it: the vendor_id of its staff's tokens. */
export const vendorIdSchema = subjectOf();

/** A user as an admin names them: the subject of their tokens. */
export const subjectSchema = subjectOf();

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1']);

/**
 * An address that is safe to show as a link or picture: https, or http on this machine
 * for development, which the domain lets pass only where the configuration names that host.
 */
export const linkSchema = wellFormed(2048).check(z.refine(isSafeLink, 'must be an https address'));

function isSafeLink(value: string): boolean {
  // A parser drops or encodes control characters, and what is stored is not what it saw.
  if (!URL.canParse(value) || /\p{Cc}/u.test(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOSTS.has(hostname));
}

const EMOJI = /^\p{RGI_Emoji}$/v;
const SHOWN_AS_TEXT = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu;

/** The one way to write an emoji: some keyboards leave out the selector of its coloured form, others add it where none belongs. */
function qualified(emoji: string): string {
  if (EMOJI.test(emoji)) return emoji;
  return emoji.replaceAll('\u{FE0F}', '').replaceAll(SHOWN_AS_TEXT, '$&\u{FE0F}');
}

/** One emoji as people see it, however many code points it takes and whichever keyboard wrote it. */
export const emojiSchema = z
  .string()
  .check(z.maxLength(32), z.overwrite(qualified), z.regex(EMOJI, 'must be one emoji'));

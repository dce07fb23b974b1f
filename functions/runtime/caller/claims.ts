/** What a verified token's claims say: the user, the role, the side they speak for. */
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';

import type { Caller } from '#core/access.ts';
import { withoutInvisible } from '#core/attachments/names.ts';
import { isAllowedLink } from '#core/product.ts';
import { ChatError } from '#protocol/errors.ts';
import { linkSchema } from '#protocol/fields.ts';
import { customerMember, type Member, type Role, vendorMember } from '#protocol/ids.ts';
import { MAX_SUBJECT_LENGTH } from '#protocol/limits.ts';
import { parse } from '#protocol/parse.ts';

import { type ClaimNames, type Issuer, ownsId } from '../issuers.ts';

/** From the least powerful to the most. */
const ROLES: readonly Role[] = ['customer', 'vendor', 'admin'];
/** What is shown to others is cut to these lengths, in UTF-16 units. */
const MAX_NAME_LENGTH = 100;
const MAX_LOCALE_LENGTH = 35;

/**
 * The caller of a verified token.
 * @throws ChatError `unauthorized` naming the claim that does not fit
 */
export function callerOf(payload: JwtPayload, issuer: Issuer, issuers: readonly Issuer[]): Caller {
  const claim = (name: keyof ClaimNames) => payload[issuer.claims[name]];
  const idOf = (name: 'sub' | 'vendor_id') => {
    const id = issuer.prefix + idFrom(claim(name), issuer.claims[name]);
    if (!ownsId(issuers, issuer, id)) throw refuse(`another issuer's ${name}`);
    return id;
  };
  const user = idOf('sub');
  const role = roleFrom(claim('role'), claim('groups'), issuer.roles);
  const vendorName = role === 'vendor' ? shownText(claim('vendor_name'), MAX_NAME_LENGTH) : null;
  const picture = linkFrom(claim('picture'));
  const locale = shownText(claim('locale'), MAX_LOCALE_LENGTH);
  return {
    member: memberFrom(role, user, () => idOf('vendor_id')),
    user,
    role,
    name: shownText(claim('name'), MAX_NAME_LENGTH) ?? user,
    ...(vendorName === null ? {} : { vendorName }),
    ...(picture === null ? {} : { picture }),
    ...(locale === null ? {} : { locale }),
    expiresAtMs: Math.floor(payload.exp ?? 0) * 1000,
  };
}

function memberFrom(role: Role, user: string, vendorId: () => string): Member | null {
  if (role === 'admin') return null;
  return role === 'customer' ? customerMember(user) : vendorMember(vendorId());
}

/** `role` decides; without it the groups do, and of several the least powerful one. */
function roleFrom(role: unknown, groups: unknown, granted: readonly Role[]): Role {
  const wanted = role === undefined ? groups : [role];
  const names: readonly unknown[] = Array.isArray(wanted) ? wanted : [];
  const found = ROLES.find((one) => granted.includes(one) && names.includes(one));
  if (found === undefined) throw refuse('no role that its issuer may grant');
  return found;
}

/** Ids stand in keys, so control characters and halves of surrogate pairs are refused. */
function idFrom(value: unknown, name: string): string {
  const isId =
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= MAX_SUBJECT_LENGTH &&
    value.isWellFormed() &&
    !/\p{Cc}/u.test(value);
  if (!isId) throw refuse(`no ${name} of 1–${MAX_SUBJECT_LENGTH} characters`);
  return value;
}

/** A text that is shown to others: one line in one direction, trimmed and cut; null where there is none to be seen. */
function shownText(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null;
  const line = withoutInvisible(value.toWellFormed().replaceAll(/\p{Cc}+/gu, ' ')).trim();
  // The cut may halve a surrogate pair, which is then replaced as a whole.
  return line === '' ? null : line.slice(0, maxLength).toWellFormed();
}

/** A picture is worth no refusal: one that is not https is left out. */
function linkFrom(value: unknown): string | null {
  try {
    const link = parse(linkSchema, value);
    return isAllowedLink(link, []) ? link : null;
  } catch {
    return null;
  }
}

function refuse(what: string): ChatError {
  return new ChatError('unauthorized', { message: `The token has ${what}.` });
}

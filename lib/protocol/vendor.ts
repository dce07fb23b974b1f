/** A vendor's shop: what its staff set, what everybody sees of it, and its saved replies. */
import * as z from 'zod/mini';

import { linkSchema, timeSchema, vendorIdSchema, wellFormed } from './fields.ts';
import {
  MAX_HOLIDAYS,
  MAX_INTERVALS_PER_DAY,
  MAX_SAVED_REPLY_LENGTH,
  MAX_SHOP_NAME_LENGTH,
  MAX_SHOP_TEXT_LENGTH,
} from './limits.ts';
import { REPLY_VARIABLES, variablesIn } from './shop/saved-replies.ts';

const line = (maxLength: number) =>
  wellFormed(maxLength).check(z.trim(), z.minLength(1, 'must not be blank'));

/** In one line, in one direction: a name stands beside those of others. */
const nameSchema = line(MAX_SHOP_NAME_LENGTH).check(
  z.refine(
    (name) => !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(name),
    'must have no control characters',
  ),
);

/** A time of day, `09:00` to `24:00`. */
const timeOfDaySchema = z
  .string()
  .check(z.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/u, 'must be a time of day like 09:30'));

/** Open from one time of day to a later one. */
const intervalSchema = z
  .strictObject({ from: timeOfDaySchema, to: timeOfDaySchema })
  .check(z.refine(({ from, to }) => from < to, 'must end after it begins'));

/** The intervals of a day, in order and apart; none: closed. */
const daySchema = z.array(intervalSchema).check(
  z.maxLength(MAX_INTERVALS_PER_DAY),
  z.refine(
    (day) =>
      day.every((interval, index) => index === 0 || (day[index - 1]?.to ?? '') < interval.from),
    'must be in order and must not touch',
  ),
);

/** Area and place. Intl knows abbreviations such as IST besides, which are several zones and none of Temporal's. */
const TIME_ZONE = /^(?:UTC|[A-Za-z]+(?:\/[\w+-]+)+)$/u;

const isTimeZone = (name: string) => {
  if (!TIME_ZONE.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** When a shop answers, in its own time zone. A holiday replaces its day's hours; without `hours` it is closed. */
export const openingHoursSchema = z.strictObject({
  timeZone: z.string().check(z.maxLength(64), z.refine(isTimeZone, 'must be an IANA time zone')),
  week: z.strictObject({
    mon: daySchema,
    tue: daySchema,
    wed: daySchema,
    thu: daySchema,
    fri: daySchema,
    sat: daySchema,
    sun: daySchema,
  }),
  holidays: z._default(
    z
      .array(
        z.strictObject({
          date: z.iso.date(),
          hours: z.exactOptional(daySchema),
        }),
      )
      .check(
        z.maxLength(MAX_HOLIDAYS),
        z.refine(
          (holidays) => new Set(holidays.map(({ date }) => date)).size === holidays.length,
          'must name each date once',
        ),
      ),
    [],
  ),
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;

/**
 * What the staff set. Null: the shop says nothing of it. Strict, unlike most of the contract: settings are replaced as a
 * whole, so a name with a typing error would unset what it was meant to set.
 */
export const vendorSettingsSchema = z.strictObject({
  /** Goes before the `vendor_name` of tokens. */
  name: z._default(z.nullable(nameSchema), null),
  picture: z._default(z.nullable(linkSchema), null),
  /** Shown in a conversation that is still empty. */
  greeting: z._default(z.nullable(line(MAX_SHOP_TEXT_LENGTH)), null),
  /** Null: always open. */
  hours: z._default(z.nullable(openingHoursSchema), null),
  /** Answered for a closed shop, once per room and absence. Null: none. */
  awayMessage: z._default(z.nullable(line(MAX_SHOP_TEXT_LENGTH)), null),
  /** Grows with every change, 0 before the first. Sent along it must be the one that is stored. */
  version: z.exactOptional(z.int().check(z.gte(0))),
});
export type VendorSettings = z.infer<typeof vendorSettingsSchema>;

/** What everybody may know of a shop. */
export const vendorSchema = z.object({
  vendorId: vendorIdSchema,
  name: z.string(),
  picture: z.nullable(linkSchema),
  greeting: z.nullable(z.string()),
  /** Within its opening hours right now; null for a shop that names none. */
  openNow: z.nullable(z.boolean()),
  /** When it opens next; null while it is open, and where it names no hours. */
  opensAt: z.nullable(timeSchema),
  /** "Usually replies in …": seconds, the median of 30 days' first answers; null while there are too few. */
  replySeconds: z.nullable(z.int().check(z.gte(0))),
});
export type Vendor = z.infer<typeof vendorSchema>;

const isKnownVariable = (name: string) => REPLY_VARIABLES.some((known) => known === name);
const knowsItsVariables = (text: string) => variablesIn(text).every(isKnownVariable);

/** A saved reply: found by its shortcut behind "/". A reply may be of several messages, sent one by one. */
export const savedReplyBodySchema = z.object({
  shortcut: z.string().check(z.regex(/^[\p{L}\p{N}\p{M}_-]{1,32}$/u, 'must be one word')),
  messages: z
    .array(
      line(MAX_SAVED_REPLY_LENGTH).check(
        z.refine(knowsItsVariables, `may fill in ${REPLY_VARIABLES.join(', ')}`),
      ),
    )
    .check(z.minLength(1), z.maxLength(5)),
});
export type SavedReplyBody = z.infer<typeof savedReplyBodySchema>;

export const savedReplySchema = z.extend(savedReplyBodySchema, {
  replyId: z.string(),
  updatedAt: timeSchema,
});
export type SavedReply = z.infer<typeof savedReplySchema>;

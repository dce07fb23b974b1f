/** Suspensions: whom an admin has shut out, by whom and why. */
import * as z from 'zod/mini';

import { memberSchema, subjectSchema, timeSchema, wellFormed } from '../fields.ts';

/** Whom a suspension is about: a side, or with `user` one person of a shop's staff. */
export const suspendedSchema = z.object({ member: memberSchema });
export const suspendedUserSchema = z.object({ user: z.exactOptional(subjectSchema) });

/** What an admin decides; `false` reinstates. The reason is for other admins. */
export const suspensionBodySchema = z.object({
  suspended: z.boolean(),
  reason: z.exactOptional(wellFormed(500).check(z.trim())),
});

/** The last decision about somebody. */
export const suspensionSchema = z.object({
  member: memberSchema,
  /** The person of the shop's staff, or null for the whole side. */
  user: z.nullable(z.string()),
  suspended: z.boolean(),
  reason: z.nullable(z.string()),
  /** The admin, as the token called them. */
  by: z.string(),
  at: timeSchema,
});
export type Suspension = z.infer<typeof suspensionSchema>;

/** Notes of a vendor's staff on a room: no route and no event shows them to a customer. */
import * as z from 'zod/mini';

import { messageIdSchema, roomIdSchema, timeSchema } from '../fields.ts';
import { textSchema } from '../message.ts';

/** What a colleague writes; `noteId` is chosen by the client, so that a retry is the same note. */
export const outgoingNoteSchema = z.object({ noteId: messageIdSchema, text: textSchema });
export type OutgoingNote = z.infer<typeof outgoingNoteSchema>;

/** A note as every colleague reads it. */
export const noteSchema = z.object({
  noteId: z.string(),
  roomId: roomIdSchema,
  text: z.string(),
  author: z.object({ user: z.string(), name: z.string() }),
  at: timeSchema,
});
export type Note = z.infer<typeof noteSchema>;

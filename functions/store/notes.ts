/** Notes on rooms: each in the order of time, and its id beside it, so that a retry finds it. */
import type { PutCommandInput, QueryCommandInput } from '@aws-sdk/lib-dynamodb';

import type { NotePlace } from '#core/staff/note-cursor.ts';
import type { NotePorts } from '#core/staff/notes.ts';
import type { Note } from '#protocol/shop/note.ts';

import { NOTE_ID_PREFIX, NOTE_PREFIX, noteIdKey, noteKey, type Tables } from './keys.ts';
import { asStored, type Database, type Item } from './table.ts';

/** Everything the domain asks of notes. */
export type NoteStore = NotePorts['notes'];

/** The notes in the `Rooms` table as the domain uses them. */
export function noteStore(db: Database): NoteStore {
  const { tables } = db;
  const get = (roomId: string, part: string) =>
    db.get({ TableName: tables.rooms, Key: { roomId, part }, ConsistentRead: true });
  const remove = (roomId: string, part: string) =>
    db.remove({ TableName: tables.rooms, Key: { roomId, part } });
  return {
    timeOf: async (roomId, noteId) => {
      const item = await get(roomId, noteIdKey(noteId));
      return item === null ? null : String(item['at']);
    },
    claim: (roomId, place) => db.put(claimRequest(tables, roomId, place)),
    count: async (roomId, limit) =>
      (await db.query(partsRequest(tables, roomId, NOTE_ID_PREFIX), limit)).length,
    get: async (roomId, place) => {
      const item = await get(roomId, noteKey(place));
      return item === null ? null : toNote(item);
    },
    put: (note) => db.put(putNoteRequest(tables, note)),
    list: async (roomId, { before, limit }) =>
      (await db.query(listNotesRequest(tables, roomId, before), limit)).map(toNote),
    remove: async (roomId, place) => {
      await remove(roomId, noteKey(place));
      await remove(roomId, noteIdKey(place.noteId));
    },
  };
}

/** Remembers when an id was first used, where it was not. */
export function claimRequest(
  { rooms }: Tables,
  roomId: string,
  { noteId, at }: NotePlace,
): PutCommandInput {
  return {
    TableName: rooms,
    Item: { roomId, part: noteIdKey(noteId), at },
    ConditionExpression: 'attribute_not_exists(roomId)',
  };
}

/** Stores a note where none is. */
export function putNoteRequest({ rooms }: Tables, note: Note): PutCommandInput {
  return {
    TableName: rooms,
    Item: { ...note, part: noteKey(note) },
    ConditionExpression: 'attribute_not_exists(roomId)',
  };
}

/** The notes of a room, the newest first, behind a place where one is named. */
export function listNotesRequest(
  tables: Tables,
  roomId: string,
  before?: NotePlace,
): QueryCommandInput {
  return {
    ...partsRequest(tables, roomId, NOTE_PREFIX),
    ScanIndexForward: false,
    ...(before && { ExclusiveStartKey: { roomId, part: noteKey(before) } }),
  };
}

function partsRequest({ rooms }: Tables, roomId: string, prefix: string): QueryCommandInput {
  return {
    TableName: rooms,
    ConsistentRead: true,
    KeyConditionExpression: 'roomId = :roomId AND begins_with(part, :prefix)',
    ExpressionAttributeValues: { ':roomId': roomId, ':prefix': prefix },
  };
}

function toNote(item: Item): Note {
  const { part: _part, ...note } = item;
  return asStored<Note>(note);
}

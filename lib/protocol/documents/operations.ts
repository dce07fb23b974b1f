/** What the documents say of each call in words: its group, a line about it, and the refusals of its own. */
import type { ErrorCode } from '../errors.ts';
import type { HttpRouteName } from '../http-routes.ts';

/** The groups of calls, in the order in which a reader meets them. */
export const GROUPS = {
  rooms: 'Conversations of one customer with one vendor, and who is in them.',
  messages: 'What is written in a room, and how far it was read.',
  attachments: 'Pictures and files, which travel beside the API.',
  notes: 'What the staff of a vendor write to one another about a room.',
  shop: 'A vendor’s settings and saved replies; and what everybody may know of a shop.',
  admin: 'What the marketplace’s admins decide.',
  service: 'The deployment itself and its contract.',
} as const;

/** One call in words. */
export interface Operation {
  readonly group: keyof typeof GROUPS;
  /** A line without a full stop. */
  readonly summary: string;
  readonly description?: string;
  /** Refusals besides those that any call may meet, see `openapi.ts`. */
  readonly refusals: readonly ErrorCode[];
}

const OF_A_ROOM = ['not_found'] as const;

/** Every call in words. */
export const OPERATIONS: Readonly<Record<HttpRouteName, Operation>> = {
  openRoom: {
    group: 'rooms',
    summary: 'Open the room with a vendor',
    description: 'For customers. Opening twice, or in two places at once, finds the same room.',
    refusals: ['rate_limited'],
  },
  listRooms: {
    group: 'rooms',
    summary: 'List the rooms of the caller, the latest activity first',
    description:
      '`all` includes closed rooms. A room that moves up while pages are read is not repeated.',
    refusals: [],
  },
  getRoom: { group: 'rooms', summary: 'Read one room', refusals: OF_A_ROOM },
  updateRoom: {
    group: 'rooms',
    summary: 'Close or reopen a room',
    description: 'For the vendor. A message of a member reopens a closed room by itself.',
    refusals: OF_A_ROOM,
  },
  updateMine: {
    group: 'rooms',
    summary: 'Change what the caller’s side keeps to itself',
    description: 'Muted, marked unread, labels, assignee. A field that is left out stays as it is.',
    refusals: OF_A_ROOM,
  },
  listMessages: {
    group: 'messages',
    summary: 'Read messages of a room',
    description:
      '`after`: ascending from the next one. `before`, or neither: the newest ones below it, ascending within the page. Not both.',
    refusals: OF_A_ROOM,
  },
  sendMessage: {
    group: 'messages',
    summary: 'Send a message',
    description:
      'Stored once it is answered. The same `id` again is the same message, so a retry is safe; `after`, the last seq the client had when it first tried, makes it safe however long it takes.',
    refusals: [...OF_A_ROOM, 'conflict', 'behind', 'rate_limited'],
  },
  editMessage: {
    group: 'messages',
    summary: 'Change the text of an own message',
    description: 'Within 24 hours.',
    refusals: [...OF_A_ROOM, 'rate_limited'],
  },
  deleteMessage: {
    group: 'messages',
    summary: 'Delete an own message',
    description: 'Within 24 hours. The message keeps its number and loses its content.',
    refusals: [...OF_A_ROOM, 'rate_limited'],
  },
  react: {
    group: 'messages',
    summary: 'Set or take back a reaction',
    description: 'One of each emoji per member; `on` says whether it shall be there.',
    refusals: [...OF_A_ROOM, 'rate_limited'],
  },
  readRoom: {
    group: 'messages',
    summary: 'Move the caller’s read mark',
    description: 'Clamped to the end of the room; it never goes back.',
    refusals: OF_A_ROOM,
  },
  listParticipants: {
    group: 'rooms',
    summary: 'List who is in a room, with presence',
    description:
      'Presence holds until `onlineUntil` by the server’s clock, which the `Date` of every answer tells; show a member offline after it.',
    refusals: OF_A_ROOM,
  },
  countUnread: {
    group: 'rooms',
    summary: 'Count what waits for the caller',
    description: '`waiting`: rooms in which the vendor owes an answer; for vendors only.',
    refusals: [],
  },
  createUpload: {
    group: 'attachments',
    summary: 'Ask for a place to upload a file to',
    description:
      'Post a form with all `fields` in their order and the file last, under the name `file`, to `url`; then send a message with the `key`.',
    refusals: [...OF_A_ROOM, 'unsupported', 'rate_limited'],
  },
  getAttachment: {
    group: 'attachments',
    summary: 'Ask for an address to download a file from',
    description: 'It works for a few minutes, for whoever has it.',
    refusals: OF_A_ROOM,
  },
  listNotes: {
    group: 'notes',
    summary: 'List the notes on a room',
    refusals: OF_A_ROOM,
  },
  addNote: {
    group: 'notes',
    summary: 'Add a note to a room',
    description:
      'No call and no event shows it to the customer. The same `noteId` again is the same note.',
    refusals: [...OF_A_ROOM, 'conflict'],
  },
  deleteNote: {
    group: 'notes',
    summary: 'Remove a note',
    refusals: OF_A_ROOM,
  },
  getSettings: { group: 'shop', summary: 'Read the shop’s settings', refusals: [] },
  putSettings: {
    group: 'shop',
    summary: 'Replace the shop’s settings',
    description: 'What is left out is unset. With a `version` only where that is the stored one.',
    refusals: ['conflict'],
  },
  listReplies: { group: 'shop', summary: 'List the saved replies', refusals: [] },
  addReply: {
    group: 'shop',
    summary: 'Add a saved reply',
    description: 'The same `replyId` again is the same reply. A shortcut is taken once.',
    refusals: ['conflict'],
  },
  putReply: {
    group: 'shop',
    summary: 'Replace a saved reply',
    refusals: ['not_found', 'conflict'],
  },
  deleteReply: { group: 'shop', summary: 'Remove a saved reply', refusals: [] },
  getVendor: {
    group: 'shop',
    summary: 'Read what everybody may know of a shop',
    description: 'Name, picture, whether it is open now, and how fast it usually replies.',
    refusals: [],
  },
  putSuspension: {
    group: 'admin',
    summary: 'Suspend somebody, or reinstate them',
    description:
      'For admins. `member` is a customer or a whole shop; `user` names one person of that shop’s staff. Open sockets are closed, and within ten seconds every call is `blocked`.',
    refusals: [],
  },
  openapi: { group: 'service', summary: 'Read this document', refusals: [] },
  asyncapi: {
    group: 'service',
    summary: 'Read the AsyncAPI document of the socket and the events',
    refusals: [],
  },
  health: { group: 'service', summary: 'Ask whether the service lives', refusals: [] },
};

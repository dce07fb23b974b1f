/** Examples of the contract's nouns for the documents; a test parses each by its schema. */
import type { Json } from './json-schema.ts';

const AT = '2026-11-22T10:15:30.123Z';
const ROOM_ID = 'd-7Zk1qVbE0mJtYvWc3uXo5dHnLrA2sPfG8iKyTzBQw4M';
const MESSAGE_ID = '0198c1d2-6f7a-7c3e-9b1d-2a4f6c8e0b13';

const product = {
  id: 'sku-1',
  title: 'Blue bowl',
  url: 'https://shop.example/p/1',
  image: 'https://shop.example/p/1.jpg',
  price: '45.00',
  currency: 'GEL',
};
const message = {
  roomId: ROOM_ID,
  seq: 12,
  id: MESSAGE_ID,
  type: 'text',
  sender: { member: 'customer:42', name: 'Nino', agent: null },
  text: 'Is it dishwasher safe?',
  attachments: [],
  product: null,
  replyTo: null,
  system: null,
  reactions: { '👍': ['vendor:7'] },
  at: AT,
  editedAt: null,
  deletedAt: null,
  version: 1,
};
const mine = { muted: false, markedUnread: false, labels: ['glaze'], assignee: null };
const day = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const hours = {
  timeZone: 'Asia/Tbilisi',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  holidays: [{ date: '2027-01-07' }],
};
const settings = {
  name: 'Tbilisi Ceramics',
  picture: 'https://shop.example/7.png',
  greeting: 'Ask us anything about clay.',
  hours,
  awayMessage: 'We are closed and answer as soon as we open.',
  version: 3,
};
const reply = {
  shortcut: 'glaze',
  messages: ['Hello {{customer}}!', 'All our glazes are food safe.'],
};
const note = { noteId: '0198c1d2-6f7a-7c3e-9b1d-2a4f6c8e0b20', text: 'Asked the kiln: two weeks.' };

/** An example by the name of its component. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  Member: 'customer:42',
  Time: AT,
  RoomId: ROOM_ID,
  MessageId: MESSAGE_ID,
  VendorId: '7',
  Emoji: '👍',
  Product: product,
  Message: message,
  SentMessage: { ...message, delivered: true },
  OutgoingMessage: { id: MESSAGE_ID, type: 'text', text: 'Is it dishwasher safe?' },
  Mine: mine,
  Room: {
    roomId: ROOM_ID,
    kind: 'direct',
    title: null,
    members: [
      { member: 'customer:42', name: 'Nino' },
      { member: 'vendor:7', name: 'Tbilisi Ceramics' },
    ],
    status: 'open',
    seq: 12,
    changes: 3,
    read: { 'customer:42': 12, 'vendor:7': 9 },
    delivered: { 'customer:42': 12, 'vendor:7': 11 },
    unread: 3,
    lastMessage: { seq: 12, type: 'text', preview: message.text, sender: 'customer:42', at: AT },
    product,
    mine,
    createdAt: '2026-11-22T10:00:00.000Z',
    lastActivityAt: AT,
  },
  OutgoingNote: note,
  Note: { ...note, roomId: ROOM_ID, author: { user: 'ana', name: 'Ana' }, at: AT },
  OpeningHours: hours,
  VendorSettings: settings,
  VendorSettingsInput: settings,
  Vendor: {
    vendorId: '7',
    name: 'Tbilisi Ceramics',
    picture: 'https://shop.example/7.png',
    greeting: 'Ask us anything about clay.',
    openNow: false,
    opensAt: '2026-11-23T05:00:00.000Z',
    replySeconds: 1260,
  },
  SavedReplyBody: reply,
  Suspension: {
    member: 'vendor:7',
    user: 'ana',
    suspended: true,
    reason: 'Asked customers to pay elsewhere.',
    by: 'root',
    at: AT,
  },
  SavedReply: { ...reply, replyId: '0198c1d2-6f7a-7c3e-9b1d-2a4f6c8e0b30', updatedAt: AT },
};

/** The schemas, those that have an example with it. */
export function withExamples(schemas: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      name in EXAMPLES ? { ...schema, examples: [EXAMPLES[name]] } : schema,
    ]),
  );
}

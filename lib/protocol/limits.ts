/** Every limit of the contract, in one place. A deployment may override some of them by name. */

/** The limits that hold when a deployment says nothing. Characters are UTF-16 units, sizes are bytes. */
export const DEFAULT_LIMITS = {
  /** Characters of a message's text after trimming. */
  maxTextLength: 4_000,
  /** Attachments of one message. */
  maxAttachments: 10,
  /** Bytes of one attachment. */
  maxAttachmentBytes: 25 * 1024 * 1024,
  /** Messages of one member in one room per 10 seconds. */
  messagesPer10Seconds: 20,
  /** Frames of one connection per 10 seconds, whatever their kind. */
  framesPer10Seconds: 30,
  /** New rooms of one customer per hour. */
  roomsPerHour: 30,
  /** Rooms of one customer per hour in which they are the first to write. */
  firstContactsPerHour: 20,
  /** Uploads that one member may begin per hour. */
  uploadsPerHour: 300,
  /** Live connections of one user; the oldest closes. */
  connectionsPerUser: 10,
} as const;

/** A limit that a deployment may override. */
export type LimitName = keyof typeof DEFAULT_LIMITS;

/** The limits in force. */
export type Limits = Record<LimitName, number>;

/** The largest frame a client may send or receive: API Gateway's own. */
export const MAX_FRAME_BYTES = 32 * 1024;
/** The largest message of several frames, likewise. */
export const MAX_SOCKET_MESSAGE_BYTES = 128 * 1024;
/** The largest page of a list, and what a request that names none gets. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 50;
/** How far `after` may lie behind the room before a send answers `behind`. */
export const MAX_SENDS_BEHIND = 200;
/** How many of the latest messages are searched for a retry without `after`. */
export const RETRY_WINDOW = 50;
/** Bytes (UTF-8) of the preview in a room's `lastMessage`. */
export const MAX_PREVIEW_BYTES = 240;
/** Hours in which a message may be edited or deleted by its sender. */
export const EDIT_WINDOW_HOURS = 24;
/** Kinds of reactions on one message. */
export const MAX_REACTION_KINDS = 20;
/** Frames over the rate that a connection may send before it is closed. */
export const FRAME_STRIKES = 3;
/** Notes on a room, saved replies of a vendor, and what a shop's settings may hold. */
export const MAX_NOTES = 500;
export const MAX_SAVED_REPLIES = 200;
export const MAX_SAVED_REPLY_LENGTH = 2_000;
/** Characters of all saved replies of a vendor together: they are kept in one item. */
export const MAX_SAVED_CHARACTERS = 80_000;
export const MAX_SHOP_NAME_LENGTH = 100;
export const MAX_SHOP_TEXT_LENGTH = 1_000;
export const MAX_INTERVALS_PER_DAY = 6;
export const MAX_HOLIDAYS = 100;
/** A colleague's focus ends by itself after the first; a client repeats it after the second. */
export const FOCUS_TTL_MS = 75_000;
export const FOCUS_REPEAT_MS = 60_000;
/** How long an address for a download lives, and one for an upload. */
export const DOWNLOAD_TTL_SECONDS = 300;
export const UPLOAD_TTL_SECONDS = 900;
/** A typing event ends by itself after this. */
export const TYPING_TTL_MS = 6_000;
/** A client repeats `typing` this often while it lasts. */
export const TYPING_REPEAT_MS = 5_000;
/** A silent client says something this often; the gateway cuts after 10 minutes. */
export const KEEP_ALIVE_MS = 9 * 60_000;
/** Characters of `ref`, device ids and the ids of members. */
export const MAX_REF_LENGTH = 64;
export const MAX_DEVICE_LENGTH = 64;
export const MAX_SUBJECT_LENGTH = 128;
/** Characters of an issuer's prefix, which stands before them. */
export const MAX_PREFIX_LENGTH = 64;

/**
 * The limits with a deployment's overrides.
 * @param json a JSON object of limit names and positive whole numbers, or nothing
 * @throws Error naming the unknown limit or the bad value
 */
export function limitsWith(json: string | undefined): Limits {
  if (json === undefined || json.trim() === '') return { ...DEFAULT_LIMITS };
  const overrides: unknown = JSON.parse(json);
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    throw new Error(`Limits must be a JSON object such as {"messagesPer10Seconds": 100}.`);
  }
  const limits: Limits = { ...DEFAULT_LIMITS };
  for (const [name, value] of Object.entries(overrides)) {
    if (!isLimitName(name)) {
      throw new Error(`Unknown limit "${name}". Known: ${Object.keys(DEFAULT_LIMITS).join(', ')}.`);
    }
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new Error(`Limit "${name}" must be a whole number of at least 1.`);
    }
    limits[name] = value;
  }
  return limits;
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}

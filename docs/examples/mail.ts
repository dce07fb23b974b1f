/** A mail to somebody who is away, made from an event of Parley's bus. All of it runs as one Lambda behind one rule. */

/** What EventBridge hands to a rule's target, as far as a mail needs it. */
export interface UnreadEvent {
  'detail-type': string;
  detail: {
    /** Names this fact: an event may come twice, always with the same key. */
    key: string;
    /** Who is away: `customer:42` or `vendor:7`. */
    member: string;
    roomId: string;
    customerName: string;
    vendorName: string;
    unread: number;
    since: string;
    preview: string;
    product?: { title: string };
  };
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** What your side has: addresses, and a table that remembers keys for a while. */
export interface Shop {
  /** Where Parley's site is, with its `/chat` and `/inbox`: `https://chat.example`. */
  chatUrl: string;
  addressOf: (member: string) => Promise<string | undefined>;
  /** Stores a key where it is not yet, in one conditional write; false where it was. */
  isFirst: (key: string) => Promise<boolean>;
}

/** The mail for an event; undefined for another event, a member without an address, and one that came before. */
export async function mailFor(event: UnreadEvent, shop: Shop): Promise<Mail | undefined> {
  if (event['detail-type'] !== 'member.unread') return undefined;
  const { key, member, roomId, customerName, vendorName, unread, preview, product } = event.detail;
  const to = await shop.addressOf(member);
  if (to === undefined || !(await shop.isFirst(key))) return undefined;
  const isVendor = member.startsWith('vendor:');
  const from = isVendor ? customerName : vendorName;
  const about = product === undefined ? '' : ` about ${product.title}`;
  const count = unread === 1 ? 'a message' : `${unread} messages`;
  const page = isVendor ? 'inbox' : 'chat';
  return {
    to,
    // A name is what somebody chose for himself: no line break of it may end a header.
    subject: `${from} wrote to you${about}`.replaceAll(/\s+/gu, ' '),
    text: [
      `${from} has sent you ${count}${about}. The latest:`,
      `> ${preview === '' ? '(a picture or a file)' : preview}`,
      `Answer here: ${shop.chatUrl}/${page}/${encodeURIComponent(roomId)}`,
    ].join('\n\n'),
  };
}

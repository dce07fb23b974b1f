/** A room with a long past: its head says so in the tables of a running server, and a page's requests for that past are answered here. */
import {
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Page, Route } from 'playwright-core';

import type { Message } from '#protocol/message.ts';

/** Sets the number of the latest message in the one room of Ana's shop, so that the next one follows it. @returns the room's id */
export async function setLastSeq(endpoint: string, seq: number): Promise<string> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  try {
    const { TableNames: names = [] } = await client.send(new ListTablesCommand({}));
    const table = names.find((name) => name.includes('Rooms')) ?? 'Rooms';
    const { Items: items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const ofAna = items.find((item) => item['vendor']?.S === 'vendor:7');
    const roomId = ofAna?.['roomId']?.S ?? '';
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { roomId: { S: roomId }, part: { S: 'head' } },
        UpdateExpression: 'SET seq = :seq',
        ExpressionAttributeValues: { ':seq': { N: String(seq) } },
      }),
    );
    return roomId;
  } finally {
    client.destroy();
  }
}

interface Past {
  /** What one message has of its own. */
  readonly make: (seq: number) => Partial<Message>;
  /** The latest message of the past; what comes behind it is the server's. */
  readonly last: number;
  /** Called before each page of the past is answered. */
  readonly onPage?: () => Promise<void>;
}

/** Answers a page's requests for the messages of a room, as far as they are of the past. */
export async function servePast(page: Page, { make, last, onPage }: Past): Promise<void> {
  const answer = async (route: Route) => {
    const query = new URL(route.request().url()).searchParams;
    if (route.request().method() !== 'GET' || query.has('after')) return route.continue();
    const limit = Number(query.get('limit') ?? 50);
    const before = query.get('before');
    if (before !== null) await onPage?.();
    const news = before === null ? await newsOf(route, last) : [];
    const end = before === null ? last : Number(before) - 1;
    const first = Math.max(1, end - limit + news.length + 1);
    const past = Array.from({ length: end - first + 1 }, (_, index) =>
      messageOf(first + index, make),
    );
    const items = [...past, ...news].slice(-limit);
    return route.fulfill({
      // the widget asks from another origin
      headers: { 'access-control-allow-origin': '*' },
      json: { items, hasMore: (items[0]?.seq ?? 1) > 1, changes: 0 },
    });
  };
  await page.route(/\/v1\/rooms\/[^/]+\/messages(?:\?|$)/u, answer);
}

async function newsOf(route: Route, last: number): Promise<Message[]> {
  const response = await route.fetch();
  const { items }: { items: Message[] } = await response.json();
  return items.filter(({ seq }) => seq > last);
}

/** Two of three are the customer's, a minute apart, until a day ago. */
function messageOf(seq: number, make: Past['make']): Message {
  const isVendor = seq % 3 === 0;
  return {
    roomId: 'd-long',
    seq,
    id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
    type: 'text',
    sender: {
      member: isVendor ? 'vendor:7' : 'customer:42',
      name: isVendor ? 'Tbilisi Ceramics' : 'Nino',
      agent: null,
    },
    text: `Message ${seq}`,
    attachments: [],
    product: null,
    replyTo: null,
    system: null,
    reactions: {},
    at: new Date(Date.parse('2026-11-01T10:00:00.000Z') + seq * 60_000).toISOString(),
    editedAt: null,
    deletedAt: null,
    ...make(seq),
  };
}

/** What the tests of the inbox prepare without a window: customers who write, and what the staff did before. */

/** A room as far as the tests look at it. */
interface RoomAnswer {
  roomId: string;
}

/** Calls the API of a running server. @throws Error with the answer where it refuses */
export class Desk {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** A customer of Ana's shop asks something. @returns the room's id */
  async customerWrites(name: string, ...texts: string[]): Promise<string> {
    const token = await this.#token({ sub: `sub-${name}`, role: 'customer', name });
    const room: RoomAnswer = await this.#call(token, 'POST rooms', { vendorId: '7' });
    for (const text of texts) {
      const message = { id: crypto.randomUUID(), type: 'text', text };
      await this.#call(token, `POST rooms/${room.roomId}/messages`, message);
    }
    return room.roomId;
  }

  /** Somebody of Ana's shop answers. */
  async staffWrites(name: string, roomId: string, text: string): Promise<void> {
    const message = { id: crypto.randomUUID(), type: 'text', text };
    await this.staffCalls(name, `POST rooms/${roomId}/messages`, message);
  }

  /** @param call such as `PATCH rooms/1/mine` */
  async staffCalls(name: string, call: string, body: object): Promise<void> {
    const shop = { vendor_id: '7', vendor_name: 'Tbilisi Ceramics' };
    const token = await this.#token({ sub: name.toLowerCase(), role: 'vendor', name, ...shop });
    await this.#call(token, call, body);
  }

  async #token(claims: object): Promise<string> {
    const answer = await fetch(`${this.#url}/local/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(claims),
    });
    const { token }: { token: string } = JSON.parse(await answer.text());
    return token;
  }

  async #call(token: string, call: string, body: object): Promise<RoomAnswer> {
    const [method = '', path = ''] = call.split(' ');
    const answer = await fetch(`${this.#url}/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${call} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }
}

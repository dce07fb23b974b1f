/** The token of whoever is signed in at the marketplace, from the address that the configuration names. */

/** Nobody is signed in. */
export class SignedOutError extends Error {
  constructor() {
    super('Nobody is signed in at the marketplace.');
    this.name = 'SignedOutError';
  }
}

/** What is needed of `fetch`. */
export type FetchToken = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Asks with the visitor's cookies. The answer is the JWT as text, or `{ "token": "…" }`.
 * @throws SignedOutError for 401 and 403, Error for everything else that is no token
 */
export async function fetchSiteToken(tokenUrl: string, ask: FetchToken): Promise<string> {
  const answer = await ask(tokenUrl, { method: 'POST', credentials: 'include' });
  if (answer.status === 401 || answer.status === 403) throw new SignedOutError();
  if (!answer.ok) throw new Error(`No token from ${tokenUrl}: it answered ${answer.status}.`);
  return tokenIn(await answer.text(), tokenUrl);
}

function tokenIn(text: string, tokenUrl: string): string {
  const token = text.trim().startsWith('{') ? fieldOf(text) : text.trim();
  if (typeof token !== 'string' || token.split('.').length !== 3) {
    throw new Error(`No token from ${tokenUrl}: its answer is no JWT.`);
  }
  return token;
}

function fieldOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'token' in value
      ? value.token
      : undefined;
  } catch {
    return undefined;
  }
}

/** What the browser tests' people do: open a window, open a chat, write, and look. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

/** Windows of one test; two of one `context` are two tabs of one browser. */
export class Windows {
  readonly #contexts = new Set<BrowserContext>();

  /** Opens a window at an absolute address. */
  async open(
    browser: Browser,
    url: string,
    { viewport = DESKTOP, tabOf }: { viewport?: typeof PHONE; tabOf?: Page } = {},
  ): Promise<Page> {
    const context = tabOf?.context() ?? (await browser.newContext({ viewport }));
    this.#contexts.add(context);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  /** Closes them all. */
  async close(): Promise<void> {
    await Promise.all([...this.#contexts].map((context) => context.close()));
    this.#contexts.clear();
  }
}

/** Opens the chat from the page of the blue bowl, which is Ana's. */
export async function openChat(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Chat with vendor' }).click();
  await page.getByRole('dialog', { name: 'Tbilisi Ceramics' }).waitFor();
}

export async function openRoomOf(page: Page, name: string): Promise<void> {
  await page.getByRole('list', { name: 'Conversations' }).getByText(name).first().click();
}

export async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

export const bubble = (page: Page, text: string): Locator =>
  page.getByRole('log').getByText(text, { exact: true });

/** The texts of all bubbles, in order. */
export const texts = (page: Page): Promise<string[]> =>
  page.getByRole('log').locator('.bubble__text').allInnerTexts();

/** The claims of those who have no page of ours to be signed in by. */
const CLAIMS: Readonly<Record<string, object>> = {
  nino: { sub: '42', role: 'customer', name: 'Nino' },
  leila: { sub: '44', role: 'customer', name: 'Leila' },
};

/** A token of the development issuer. */
export async function tokenFor({ url }: { url: string }, name: string): Promise<string> {
  const answer = await fetch(`${url}/local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(CLAIMS[name]),
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}

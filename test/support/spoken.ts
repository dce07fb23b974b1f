/** The words of each language as one record, for tests that find things by their names. */
import { customerWords } from '../../web/words/customer.ts';
import { inboxWords } from '../../web/words/inbox.ts';
import type { Language } from '../../web/words/language.ts';
import { launchWords } from '../../web/words/launch.ts';
import { pageWords } from '../../web/words/page.ts';
import { settingsWords } from '../../web/words/settings.ts';
import { shopWords } from '../../web/words/shop.ts';

/** What the screens say in a language. */
export async function spokenIn(language: Language) {
  const [customer, inbox, page, settings, shop] = await Promise.all([
    customerWords.load[language](),
    inboxWords.load[language](),
    pageWords.load[language](),
    settingsWords.load[language](),
    shopWords.load[language](),
  ]);
  return { customer, inbox, page, settings, shop, launch: launchWords[language] };
}

export type SpokenWords = Awaited<ReturnType<typeof spokenIn>>;

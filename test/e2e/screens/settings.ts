/** The way through the settings of a shop. */
import { openWindow, type Walk } from './stage.ts';

const SECTIONS = ['shop', 'hours', 'away', 'replies', 'notifications'] as const;

/** Each section as it opens, one with something wrong in it, and what stands there where they do not come. */
export const settings: Walk = async (stage, look) => {
  const { settings: words } = stage.words;
  const ana = await openWindow(stage, { path: '/inbox/settings', as: 'ana' });
  for (const section of SECTIONS) {
    await ana
      .getByRole('navigation', { name: words.sections })
      .getByRole('link', { name: words[section].title, exact: true })
      .click();
    await ana.getByRole('heading', { level: 2, name: words[section].title }).waitFor();
    await look(ana, `the settings, ${section}`);
  }
  await ana
    .getByRole('navigation', { name: words.sections })
    .getByRole('link', { name: words.shop.title, exact: true })
    .click();
  await ana.getByRole('textbox', { name: words.names.picture }).fill('no address');
  await ana.getByRole('button', { name: words.save.save, exact: true }).click();
  await ana.getByText(words.save.invalid).waitFor();
  await look(ana, 'the settings, something wrong');
  await ana.route('**/assets/SettingsPage-*.js', (route) => route.abort());
  await ana.reload();
  await ana.getByRole('alert').waitFor();
  await look(ana, 'the settings, which did not come');
};

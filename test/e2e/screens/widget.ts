/** The way through the widget on a plain page. */
import { openWindow, type Walk } from './stage.ts';

/** The launcher with its greeting, the open chat, and a message in it. */
export const widget: Walk = async (stage, look) => {
  const page = await openWindow(stage, { path: '/widget/example.html', as: 'nino', stranger: {} });
  await page.evaluate((tag) => {
    document.documentElement.lang = tag;
    document.querySelector('parley-chat')?.setAttribute('locale', tag);
  }, stage.language);
  const launcher = page.locator('parley-chat').getByRole('button').last();
  await launcher.waitFor();
  await look(page, 'the widget, a launcher with a greeting');
  await launcher.click();
  const input = page.getByRole('dialog').getByRole('textbox');
  await input.waitFor();
  await look(page, 'the widget, open');
  await input.fill('From a plain page');
  await input.press('Enter');
  await page.getByTestId('message-status').waitFor();
  await look(page, 'the widget, a message');
};

/** The way through the demo shop. */
import { goTo, openWindow, type Walk } from './stage.ts';

/** Its first page, a product, and an address that leads nowhere. */
export const shop: Walk = async (stage, look) => {
  const { words } = stage;
  const page = await openWindow(stage, { path: '/', as: 'nino', stranger: {} });
  await page.getByRole('list', { name: words.shop.products }).waitFor();
  await look(page, 'the shop');
  await goTo(page, stage, { path: '/product/blue-bowl', as: 'nino' });
  await page.getByRole('button', { name: words.launch.chat }).waitFor();
  await look(page, 'a product');
  await goTo(page, stage, { path: '/product/none', as: 'nino' });
  await page.getByText(words.shop.notFoundTitle).waitFor();
  await look(page, 'no such product');
};

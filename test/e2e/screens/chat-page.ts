/** The way through a customer's page of all conversations. */
import { goTo, holdRequests, isStored, openWindow, say, type Walk } from './stage.ts';

/** Empty, a list, a room, and an address that leads nowhere. */
export const chatPage: Walk = async (stage, look) => {
  const { words } = stage;
  const nino = await openWindow(stage, { path: '/', as: 'nino', stranger: {} });
  const letThrough = await holdRequests(nino, '**/v1/rooms?**');
  await goTo(nino, stage, { path: '/chat', as: 'nino' });
  await nino.getByText(words.page.loading).waitFor();
  await look(nino, 'the messages, loading');
  letThrough();
  await nino.getByText(words.page.empty.title).waitFor();
  await look(nino, 'the messages, none');
  await goTo(nino, stage, { path: '/product/blue-bowl', as: 'nino' });
  await nino.getByRole('button', { name: words.launch.chat }).click();
  await say(nino, stage, 'A question for the page');
  await isStored(nino, stage);
  await goTo(nino, stage, { path: '/chat', as: 'nino' });
  const rooms = nino.getByRole('list', { name: words.page.conversations });
  await rooms.getByText('A question for the page').waitFor();
  await look(nino, 'the messages, a list');
  await rooms.getByText('A question for the page').click();
  await nino.getByRole('log').getByText('A question for the page').waitFor();
  await look(nino, 'the messages, a room');
  await goTo(nino, stage, { path: '/chat/none', as: 'nino' });
  await nino.getByText(words.page.missing.title).waitFor();
  await look(nino, 'the messages, no such room');
};

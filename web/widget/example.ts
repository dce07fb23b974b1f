/** The page around the widget, as a marketplace would write it: addresses, a product, and a token for who is signed in. */
import { currentPersona, fetchToken } from '../demo/personas.ts';

const chat = document.querySelector('parley-chat');
if (chat === null) throw new Error('example.html has no <parley-chat>.');
const persona = currentPersona('customer', location.search, sessionStorage);
chat.setAttribute('api', `${location.origin}/v1`);
chat.setAttribute('socket', `${location.origin.replace(/^http/u, 'ws')}/ws`);
chat.setAttribute(
  'product',
  JSON.stringify({
    id: 'blue-bowl',
    title: 'Blue bowl',
    url: `${location.origin}/product/blue-bowl`,
    image: `${location.origin}/products/blue-bowl/1.svg`,
    price: '45.00',
    currency: 'GEL',
  }),
);
Object.assign(chat, { tokenProvider: () => fetchToken(persona) });
document.querySelector('#logout')?.addEventListener('click', () => {
  if ('logout' in chat && typeof chat.logout === 'function') chat.logout();
});

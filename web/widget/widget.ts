/** What a page includes: defines `<parley-chat>` and `<parley-button>`, once, however often it is included. */
import { ParleyButton } from './button-element.ts';
import { ParleyChat } from './chat-element.ts';

if (customElements.get('parley-chat') === undefined) {
  customElements.define('parley-chat', ParleyChat);
  customElements.define('parley-button', ParleyButton);
}

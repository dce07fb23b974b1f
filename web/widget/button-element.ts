/** `<parley-button>`: a button in the page that opens a `<parley-chat>`, for its own vendor and product if it names them. */
import { ParleyChat } from './chat-element.ts';
import launcherCss from './launcher.css?inline';
import { make } from './launcher.ts';
import { accentCss, themedCss } from './look.ts';
import { parseOptions, readOption } from './options.ts';
import { reflect, takeEarly } from './properties.ts';
import { LAUNCHER_WORDS } from './words.ts';

/** What it hands over to the chat before it opens it. */
const HANDED_OVER = ['vendor', 'vendor-name', 'product'] as const;
const PROPERTIES = [...HANDED_OVER, 'theme', 'accent', 'locale'];

/** The words inside it are the page's; without any it says "Chat with vendor". `for` names the chat by its id. */
export class ParleyButton extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ['theme', 'accent', 'locale'];

  readonly #sheet = new CSSStyleSheet();
  readonly #words = document.createElement('slot');

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const button = make('button', 'pill', () => this.#open());
    button.setAttribute('aria-haspopup', 'dialog');
    button.append(this.#words);
    root.adoptedStyleSheets = [this.#sheet];
    root.append(button);
  }

  connectedCallback(): void {
    takeEarly(this, PROPERTIES);
    this.attributeChangedCallback();
  }

  attributeChangedCallback(): void {
    const { theme, accent, language } = parseOptions((name) => readOption(this, name)).options;
    this.#sheet.replaceSync(themedCss(launcherCss, theme) + accentCss(accent));
    this.#words.textContent = LAUNCHER_WORDS[language].button;
  }

  #open(): void {
    const id = this.getAttribute('for');
    const chat = id === null ? document.querySelector('parley-chat') : document.getElementById(id);
    if (!(chat instanceof ParleyChat)) return;
    if (this.hasAttribute('vendor')) {
      for (const name of HANDED_OVER) copyAttribute(this, chat, name);
    }
    chat.open();
  }
}

reflect(ParleyButton, PROPERTIES);

function copyAttribute(from: Element, to: Element, name: string): void {
  const value = from.getAttribute(name);
  if (value === null) to.removeAttribute(name);
  else to.setAttribute(name, value);
}

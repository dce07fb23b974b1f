/** `<parley-chat>`: the launcher in the corner, and the chat that it loads when it is first touched. */
import { forgetCustomers } from '../chat/storage/forget-kept.ts';
import { type Emit, emitterOf } from './events.ts';
import { createLauncher, make } from './launcher.ts';
import launcherCss from './launcher.css?inline';
import { optionsCss, themedCss } from './look.ts';
import { ATTRIBUTES, isComplete, parseOptions, readOption, type WidgetOptions } from './options.ts';
import type { PanelInput } from './panel/input.ts';
import type { Panel } from './panel/panel.tsx';
import { reflect, takeEarly } from './properties.ts';

/** Brings a token of the marketplace's identity provider. */
export type TokenProvider = () => Promise<string>;

/** Asks nothing of the network until it is opened, unless `lazy="false"` asks for unread counts. */
export class ParleyChat extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  /** Called at first use, before a token ends, and after one was refused. Another user: `logout()` first. */
  tokenProvider: TokenProvider | null = earlyTokenProvider(this);

  readonly #emit: Emit = emitterOf(this);
  readonly #launcher = createLauncher({
    toggle: () => this.toggle(),
    dismiss: () => this.#dismissGreeting(),
  });
  readonly #sheets = {
    launcher: new CSSStyleSheet(),
    panel: new CSSStyleSheet(),
    options: new CSSStyleSheet(),
  };
  readonly #host = make('div', 'host');
  #options: WidgetOptions = parseOptions(() => null).options;
  #panel: Panel | null = null;
  /** The last one that ended: the element was out of the page meanwhile. Erased twice is erased. */
  #ended: Panel | null = null;
  #loading: Promise<void> | null = null;
  #suggestion: PanelInput['suggestion'] = null;
  #opener: HTMLElement | null = null;
  #isOpen = false;
  #isGreetingHidden = false;
  /** The last load did not succeed. */
  #hasFailed = false;
  #unread = 0;
  /** Counts the logouts: what was loading for an earlier session comes too late. */
  #session = 0;
  #isRefreshing = false;
  /** From a logout on nothing is loaded by itself any more. */
  #isLoggedOut = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const { launcher, panel, options } = this.#sheets;
    root.adoptedStyleSheets = [launcher, panel, options];
    root.append(this.#launcher.corner, this.#host);
  }

  /** Whether the chat is on the screen. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  connectedCallback(): void {
    takeEarly(this, ATTRIBUTES);
    this.#refresh();
    this.#loadEagerly();
    // whoever makes the element in a script adds the listeners after this
    queueMicrotask(() => this.#emit('ready', null));
  }

  disconnectedCallback(): void {
    // moved elsewhere in the page, it is back within the same task
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** Several at once are one change. */
  attributeChangedCallback(): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    queueMicrotask(() => {
      this.#isRefreshing = false;
      if (!this.isConnected) return;
      this.#refresh();
      this.#loadEagerly();
    });
  }

  /** Shows the chat, and loads it first where that is new. The focus goes back to where it is now. */
  open(): void {
    if (this.#isOpen || !this.isConnected) return;
    this.#opener = focusedElement();
    this.#isOpen = true;
    this.#isLoggedOut = false;
    this.#isGreetingHidden = true;
    this.#show();
    this.#emit('open', null);
    void this.#load();
  }

  /** Hides the chat; it stays connected, and counts what is unread. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#show();
    this.#emit('close', null);
    if (this.#panel === null) this.#returnFocus();
  }

  toggle(): void {
    if (this.#isOpen) this.close();
    else this.open();
  }

  /** Opens the chat with a text in the composer; what somebody wrote there already is kept. */
  showNewMessage(text: string): void {
    this.#suggestion = { text };
    this.open();
    this.#show();
  }

  /** Ends the session and leaves no trace of it: connection, history, drafts and unsent messages. `open()` begins another. */
  logout(): void {
    this.#isLoggedOut = true;
    this.close();
    const panel = this.#panel ?? this.#ended;
    if (panel === null) forgetCustomers(this.#options.api);
    else panel.erase();
    this.#end();
    this.#setUnread(0);
  }

  /** What is unsent stays in the browser: a page that takes the element away, as a router does, ends no session. */
  #end(): void {
    this.#session += 1;
    this.#panel?.end();
    this.#ended = this.#panel ?? this.#ended;
    this.#panel = null;
    this.#loading = null;
    this.#suggestion = null;
    this.#isOpen = false;
    this.#hasFailed = false;
    this.#show();
  }

  #refresh(): void {
    const { options, problems } = parseOptions((name) => readOption(this, name));
    this.#options = options;
    this.#sheets.launcher.replaceSync(themedCss(launcherCss, options.theme));
    this.#sheets.options.replaceSync(optionsCss(options));
    this.#panel?.dress(this.#sheets.panel, options.theme);
    this.#show();
    for (const message of problems) this.#emit('error', { code: 'invalid', message });
  }

  #show(): void {
    this.#launcher.show({
      options: this.#options,
      // until there is something to see instead, the launcher stays
      isOpen: this.#isOpen && this.#panel !== null,
      isLoading: this.#loading !== null,
      unread: this.#unread,
      isGreetingHidden: this.#isGreetingHidden,
      hasFailed: this.#hasFailed,
    });
    // with an address missing, the last one that worked stays
    if (isComplete(this.#options)) this.#panel?.show(this.#input());
  }

  #loadEagerly(): void {
    if (!this.#options.isLazy && !this.#isLoggedOut) void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#panel !== null) return;
    this.#hasFailed = false;
    this.#loading ??= this.#mount(this.#session);
    this.#show();
    await this.#loading;
  }

  async #mount(session: number): Promise<void> {
    try {
      // attributes that were set in the same task are read by now, and this promise is known as the load
      await Promise.resolve();
      if (!isComplete(this.#options)) throw new Error('<parley-chat> lacks api, socket or vendor.');
      const { openDoor } = await import('./panel/door.ts');
      const mount = await openDoor(this.#options.language);
      if (session !== this.#session) return;
      this.#loading = null;
      this.#panel = mount(this.#host, this.#input());
      this.#panel.dress(this.#sheets.panel, this.#options.theme);
    } catch (error) {
      if (session !== this.#session) return;
      this.#loading = null;
      this.#fail(error);
    }
    this.#show();
  }

  /** Says so at the launcher, where another press tries again; what was not asked for fails in silence. */
  #fail(error: unknown): void {
    this.#hasFailed = this.#isOpen;
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#emit('error', { code: 'unavailable', message: String(error) });
    if (wasOpen) this.#emit('close', null);
  }

  #input(): PanelInput {
    return {
      options: this.#options,
      isOpen: this.#isOpen,
      suggestion: this.#suggestion,
      token: () => this.#token(),
      emit: this.#emit,
      onUnread: (count) => this.#setUnread(count),
      onClose: () => this.close(),
      // not before: under a modal sheet nothing else takes the focus
      onHidden: () => this.#returnFocus(),
    };
  }

  async #token(): Promise<string> {
    if (this.tokenProvider !== null) return this.tokenProvider();
    throw new Error('<parley-chat> has no tokenProvider: set it to a function that brings a JWT.');
  }

  #setUnread(count: number): void {
    if (count === this.#unread) return;
    this.#unread = count;
    this.#show();
    this.#emit('unread', { count });
  }

  #dismissGreeting(): void {
    this.#isGreetingHidden = true;
    this.#hasFailed = false;
    this.#show();
    this.#launcher.button.focus();
  }

  /** To whatever opened it; where that is gone, to the launcher. */
  #returnFocus(): void {
    if (this.#isOpen || !this.isConnected) return;
    const opener = this.#opener;
    this.#opener = null;
    if (opener === null || opener === this || !opener.isConnected) this.#launcher.button.focus();
    else opener.focus();
  }
}

// `tokenProvider` is no attribute
reflect(ParleyChat, ATTRIBUTES);

/** A page may set the property before this class is there, and the class's own would then overwrite it. */
function earlyTokenProvider(element: { tokenProvider?: TokenProvider | null }) {
  return element.tokenProvider ?? null;
}

/** What has the focus, through every shadow root; null for the page itself. */
function focusedElement(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement && element !== document.body ? element : null;
}

/** The round button in the corner with its count and greeting: plain DOM, since it is there on every page. */
import type { WidgetOptions } from './options.ts';
import { LAUNCHER_WORDS } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';
const SPEECH_BUBBLE =
  'M4 5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9l-4 4v-4H5a1 1 0 0 1-1-1z';

/** What the launcher shows. */
export interface LauncherState {
  readonly options: WidgetOptions;
  readonly isOpen: boolean;
  readonly isLoading: boolean;
  readonly unread: number;
  readonly isGreetingHidden: boolean;
  /** The chat did not come: the launcher says so, and pressing it tries again. */
  readonly hasFailed: boolean;
}

/** The launcher's elements, made once. */
export interface Launcher {
  readonly corner: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly show: (state: LauncherState) => void;
}

/** Makes it; nothing of it comes from markup, so nothing in an option can become any. */
export function createLauncher(on: { toggle: () => void; dismiss: () => void }): Launcher {
  const button = make('button', 'launch', on.toggle);
  button.setAttribute('aria-haspopup', 'dialog');
  const count = make('span', 'count');
  count.setAttribute('aria-hidden', 'true');
  button.append(icon(), count);
  const text = make('span', '');
  text.dir = 'auto';
  // there before its words: a live region that comes with them stays silent
  text.setAttribute('role', 'status');
  const dismiss = make('button', 'dismiss', on.dismiss);
  dismiss.textContent = '×';
  const greeting = make('div', 'greeting');
  greeting.append(text, dismiss);
  const corner = make('div', 'corner');
  corner.append(greeting, button);
  const show = ({ options, ...state }: LauncherState) => {
    const words = LAUNCHER_WORDS[options.language];
    corner.className = options.position === 'start' ? 'corner corner--start' : 'corner';
    corner.dir = options.dir;
    corner.lang = options.language;
    // a failure is told where the page has a button of its own, too
    corner.hidden = state.isOpen || (!options.hasLauncher && !state.hasFailed);
    button.hidden = !options.hasLauncher;
    button.setAttribute('aria-expanded', String(state.isOpen));
    button.setAttribute('aria-busy', String(state.isLoading));
    const label = state.unread > 0 ? `${words.open}, ${state.unread} ${words.unread}` : words.open;
    button.setAttribute('aria-label', label);
    count.hidden = state.unread === 0;
    count.textContent = state.unread > 99 ? '99+' : String(state.unread);
    dismiss.setAttribute('aria-label', words.dismiss);
    const said = state.hasFailed ? words.failed : options.greeting;
    greeting.hidden = said === null || (state.isGreetingHidden && !state.hasFailed);
    setText(text, said ?? '');
  };
  return { corner, button, show };
}

/** Only where it is another one: every change of a live region is read out. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** An element with a class, and what pressing it does. */
export function make<Name extends 'button' | 'div' | 'span'>(
  name: Name,
  className: string,
  onClick?: () => void,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (onClick !== undefined) element.addEventListener('click', onClick);
  return element;
}

function icon(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  const attributes = { width: 26, height: 26, viewBox: '0 0 24 24', fill: 'none' };
  const stroke = { stroke: 'currentColor', 'stroke-width': 2, 'stroke-linejoin': 'round' };
  for (const [name, value] of Object.entries({ ...attributes, ...stroke, 'aria-hidden': true })) {
    svg.setAttribute(name, String(value));
  }
  path.setAttribute('d', SPEECH_BUBBLE);
  svg.append(path);
  return svg;
}

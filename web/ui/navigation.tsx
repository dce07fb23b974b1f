/** The whole router: the path as state, links that change it, and patterns such as `/product/:id`. */
import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  useContext,
  useSyncExternalStore,
} from 'react';

import { isHeld, mayLeave } from './leave-guard.ts';

const CHANGED = 'parley:navigate';

/** A router: ours over the window's history, or that of the page around us. */
export interface Navigation {
  /** Without its query. */
  path: string;
  navigate: (path: string, options?: { replace?: boolean }) => void;
}

const NavigationContext = createContext<Navigation | null>(null);

/** Everything inside goes by the given router, and leaves the window's history alone. */
export const NavigationProvider = NavigationContext.Provider;

/** The path of this window, without its query; `/` where there is no window. */
export function usePath(): string {
  const given = useContext(NavigationContext);
  const own = useSyncExternalStore(subscribe, windowPath, serverPath);
  return given?.path ?? own;
}

/** How one goes to another path here; the same function as long as the router is the same. */
export function useNavigate(): Navigation['navigate'] {
  return useContext(NavigationContext)?.navigate ?? navigate;
}

const windowPath = () => location.pathname;
const serverPath = () => '/';

function subscribe(listener: () => void): () => void {
  const onStep = (step: Event) => {
    if (!isHeld(step)) listener();
  };
  addEventListener('popstate', onStep);
  addEventListener(CHANGED, listener);
  return () => {
    removeEventListener('popstate', onStep);
    removeEventListener(CHANGED, listener);
  };
}

/** Goes to a path of this app, unless something unsaved holds one; `replace` leaves no step for the back button. */
export function navigate(path: string, { replace = false } = {}): void {
  if (!mayLeave(() => navigate(path, { replace }))) return;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  dispatchEvent(new Event(CHANGED));
  // a new page begins at its top; going back is left to the browser, which knows where one was
  if (!replace) scrollTo(0, 0);
}

/** The parameters of a path that fits the pattern, or null. A part that is no valid escape fits nothing. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decode(given[index] ?? '');
    if (value === null) return null;
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** A link inside the app: a plain click stays on the page, every other one is the browser's. */
export function Link({ href, onClick, ...rest }: ComponentProps<'a'> & { href: string }) {
  const go = useNavigate();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}

/** What the screen is like. */
import { useSyncExternalStore } from 'react';

/** Where panels become sheets and panes come one after another. */
export const PHONE = '(max-width: 639px)';
/** Where one pane at a time has room; the stylesheets of the inbox and of the customer's page know the same width. */
export const NARROW = '(max-width: 759px)';
/** Where a third pane has room; the inbox's stylesheet knows the same width. */
export const WIDE = '(min-width: 1180px)';

/** Whether a media query holds, now and after every change. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
    // a server knows of no screen: the page takes its own shape once it is there
    () => false,
  );
}

/** Asks before somebody leaves what they have not saved: by a link, by the back button, or with the tab. */

/** Is asked; `leave` goes on with what was wanted. */
type Guard = (leave: () => void) => void;

let guard: Guard | null = null;

/**
 * Holds everybody who wants to leave this path of the page. One at a time: a later one replaces it.
 * @returns what lets everybody go again
 */
export function guardLeaving(ask: Guard): () => void {
  const guarded = location.href;
  const ending = new AbortController();
  const { signal } = ending;
  const end = () => {
    ending.abort();
    if (guard === ask) guard = null;
  };
  guard = ask;
  addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
  // before the router hears of it: the address goes back to where the person still is
  const onBack = (event: Event) => {
    event.stopImmediatePropagation();
    history.pushState(null, '', guarded);
    ask(() => {
      end();
      history.back();
    });
  };
  addEventListener('popstate', onBack, { signal, capture: true });
  return end;
}

/** Whether one may leave right now. Where not, `leave` is called if the person says so. */
export function mayLeave(leave: () => void): boolean {
  if (guard === null) return true;
  const asked = guard;
  asked(() => {
    guard = null;
    leave();
  });
  return false;
}

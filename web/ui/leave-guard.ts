/** Asks before somebody leaves what they have not saved: by a link, by the back button, or with the tab. */

/** Is asked; `leave` goes on with what was wanted. */
type Ask = (leave: () => void) => void;

interface Guard {
  readonly ask: Ask;
  /** The address that is guarded. */
  readonly href: string;
  readonly end: () => void;
}

let guard: Guard | null = null;
/** A step back that was held: the router hears of it in every component. */
let heldStep: Event | null = null;

/**
 * Holds everybody who wants to leave this address of the page. One at a time: a later one replaces it.
 * @returns what lets everybody go again
 */
export function guardLeaving(ask: Ask): () => void {
  const ending = new AbortController();
  // the browser asks in its own words
  addEventListener('beforeunload', (event) => event.preventDefault(), { signal: ending.signal });
  const own: Guard = {
    ask,
    href: location.href,
    end: () => {
      ending.abort();
      if (guard === own) guard = null;
    },
  };
  guard = own;
  return own.end;
}

/** Whether one may go on right now. Where not, `leave` is called if the person says so. */
export function mayLeave(leave: () => void): boolean {
  if (guard === null) return true;
  const { ask, end } = guard;
  ask(() => {
    end();
    leave();
  });
  return false;
}

/** Whether a step through the history (`popstate`) is to be as if it had not been: the address is the guarded one again. */
export function isHeld(step: Event): boolean {
  if (step === heldStep) return true;
  if (guard === null) return false;
  heldStep = step;
  history.pushState(null, '', guard.href);
  return !mayLeave(() => history.back());
}

/** Going through a page by Tab, as somebody without a mouse does: what has the focus must be seen. */
import type { Locator, Page } from 'playwright-core';

/** More stops than any of our screens has. */
const MAX_STOPS = 60;

/**
 * Presses Tab (or Shift+Tab) until this has the focus.
 * @throws Error where it is never reached, or where the focus is not to be seen on the way
 */
export async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  const stops: string[] = [];
  await target.first().waitFor({ state: 'attached' });
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
    const { name, fault } = await page.evaluate(lookAtFocus);
    stops.push(name);
    if (fault !== null) throw new Error(`${name} ${fault}. The way here: ${stops.join(' · ')}`);
  }
  throw new Error(`${String(target)} is not reached by ${key}: ${stops.join(' · ')}`);
}

/** Whether this element itself has the focus. */
export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) > 0 && target.first().evaluate((node) => node.matches(':focus'));
}

/** Runs in the page, and so stands alone: what has the focus, and what is wrong with how that looks. */
function lookAtFocus(): { name: string; fault: string | null } {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) {
    return { name: 'the page', fault: null };
  }
  const label = focused.getAttribute('aria-label') ?? focused.textContent?.trim().slice(0, 30);
  const name = `${focused.localName} "${label}"`;
  // a label around a field may show the focus for it, as it does for the hidden field of a file
  const around = focused.closest('label') ?? focused;
  const shown = isHidden(focused) ? around : focused;
  shown.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  if (!isMarked(shown) && !isMarked(around))
    return { name, fault: 'has the focus and does not show it' };
  return { name, fault: isCovered(shown) ? 'has the focus below something else' : null };

  function isHidden(element: HTMLElement): boolean {
    const { width, height } = element.getBoundingClientRect();
    return width <= 1 || height <= 1;
  }

  function isMarked(element: HTMLElement): boolean {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
    return hasOutline || boxShadow !== 'none';
  }

  /**
   * WCAG 2.2: hidden entirely is too much, one corner in sight is enough. What somebody opened over
   * the page themselves is excepted: they scroll it clear, or close it.
   */
  function isCovered(element: HTMLElement): boolean {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const root = element.getRootNode();
    if (!(root instanceof Document || root instanceof ShadowRoot)) return true;
    const spots = [left + 4, (left + right) / 2, right - 4].flatMap((x) =>
      [top + 4, (top + bottom) / 2, bottom - 4].map((y) => root.elementFromPoint(x, y)),
    );
    return !spots.some(
      (spot) =>
        spot !== null &&
        (element.contains(spot) || spot.contains(element) || spot.closest('dialog') !== null),
    );
  }
}

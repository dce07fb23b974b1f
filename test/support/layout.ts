/** What a look at a page's geometry finds: sideways scrolling, words cut off in controls, motion where none is wanted. */
import type { Page } from 'playwright-core';

/** The narrowest screen of WCAG's reflow. */
const NARROWEST_PX = 320;

/** Everything found as lines; the page is left as it was. */
export async function layoutFaults(page: Page): Promise<string[]> {
  const viewport = page.viewportSize();
  const faults = await page.evaluate(lookAround);
  if (viewport !== null && viewport.width < 640) {
    await page.setViewportSize({ ...viewport, width: NARROWEST_PX });
    faults.push(
      ...(await page.evaluate(lookSideways)).map((line) => `${NARROWEST_PX} px: ${line}`),
    );
    await page.setViewportSize(viewport);
  }
  return faults;
}

/** Runs in the page. */
function lookSideways(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`scrolls sideways by ${scrollWidth - clientWidth} px`] : [];
}

/** Runs in the page, and so stands alone. */
function lookAround(): string[] {
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} px`);
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
      if (element.matches('button, a, label, select, summary')) lookAt(element);
    }
    for (const animation of root.getAnimations()) {
      const name = animation instanceof CSSAnimation ? animation.animationName : 'a transition';
      const { target } = animation.effect instanceof KeyframeEffect ? animation.effect : {};
      if (animation.playState === 'running') faults.push(`moves: ${name} of ${target?.className}`);
    }
  }
  return faults;

  function lookAt(control: HTMLElement): void {
    const box = control.getBoundingClientRect();
    const isSeen = box.width > 1 && box.height > 1 && control.checkVisibility();
    // a name that somebody chose may end in an ellipsis; our own words may not
    const isOurs = control.querySelector('.truncate') === null && !control.matches('.truncate');
    if (!isSeen || !isOurs) return;
    const words = `"${control.textContent?.trim().slice(0, 40)}"`;
    const { overflowX } = getComputedStyle(control);
    if (overflowX !== 'visible' && control.scrollWidth > control.clientWidth + 1) {
      faults.push(`cuts off ${words}`);
    }
    const isBeside = box.left < -1 || box.right > innerWidth + 1;
    const scroller = control.closest('.chips, .filters, .settings__nav');
    if (isBeside && scroller === null && !control.matches('.skip-link')) {
      faults.push(`${words} is beside the screen`);
    }
  }
}

/** As WCAG 2.2 has it (1.4.12): nobody may lose words who sets them wider apart. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`;

/** Words that are cut off when they are set wider apart; the page is left as it was. */
export async function spacingFaults(page: Page): Promise<string[]> {
  const faults = await page.evaluate(lookAtSpaced, SPACING);
  return faults.map((line) => `spaced: ${line}`);
}

/** Runs in the page, and so stands alone. A sheet that is adopted is nothing that a policy forbids. */
function lookAtSpaced(css: string): string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    root.adoptedStyleSheets.push(sheet);
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot !== null) roots.push(element.shadowRoot);
    }
  }
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} px`);
  for (const root of roots) {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (isCutOff(element)) faults.push(`cuts off "${element.textContent?.trim().slice(0, 40)}"`);
    }
  }
  for (const root of roots) {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((it) => it !== sheet);
  }
  return faults;

  /** What holds words of its own, hides what is outside of it, and is no line that may end in an ellipsis. */
  function isCutOff(element: HTMLElement): boolean {
    const hasWords = [...element.childNodes].some(
      (node) => node instanceof Text && node.data.trim() !== '',
    );
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isSeen = box.width > 1 && box.height > 1 && element.checkVisibility();
    if (!hasWords || !isSeen || textOverflow === 'ellipsis') return false;
    const isHidden = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
    return (
      (isHidden(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (isHidden(overflowY) && element.scrollHeight > element.clientHeight + 1)
    );
  }
}

/** Who has the keyboard: it is given to nobody while a person uses it elsewhere. */

/** What has the focus, in the element's own shadow tree or on the page around it; null where nothing has it. */
export function focusedNear(element: Element): Element | null {
  const root = element.getRootNode();
  const { activeElement, body } = element.ownerDocument;
  const focused = (root instanceof ShadowRoot && root.activeElement) || activeElement;
  return focused === body ? null : focused;
}

/** Moves the focus into what a press opened, unless somebody went on elsewhere while its code was on its way: the button that says it is open still has the focus, or nothing has it (Safari's buttons take none). */
export function followPress(target: HTMLElement | null): void {
  const expanded = target && focusedNear(target)?.ariaExpanded;
  if (expanded === undefined || expanded === 'true') target?.focus({ preventScroll: true });
}

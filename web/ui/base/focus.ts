/** Who has the keyboard: it is given to nobody while a person uses it elsewhere. */

/** What has the focus, in the element's own shadow tree or on the page around it; null where nothing has it. */
export function focusedNear(element: Element): Element | null {
  const root = element.getRootNode();
  const inside = root instanceof ShadowRoot ? root.activeElement : null;
  const focused = inside ?? element.ownerDocument.activeElement;
  return focused === element.ownerDocument.body ? null : focused;
}

/** Moves the focus into what a press opened, unless somebody went on elsewhere while its code was on its way: the button that says it is open still has the focus, or nothing has it (Safari's buttons take none). */
export function followPress(target: HTMLElement | null): void {
  if (target === null) return;
  const focused = focusedNear(target);
  if (focused !== null && focused.ariaExpanded !== 'true') return;
  target.focus({ preventScroll: true });
}

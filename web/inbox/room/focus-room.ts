/** Where the focus goes in a room that opens. */

/** Whoever opens a room wants to answer; a finger wants to read first, and no keyboard over the words. */
export function focusRoom(pane: HTMLElement | null, input: HTMLTextAreaElement | null): void {
  const isFine = matchMedia('(pointer: fine)').matches;
  (isFine ? input : pane)?.focus({ preventScroll: true });
  // one writes on behind what is there
  if (isFine) input?.setSelectionRange(input.value.length, input.value.length);
}

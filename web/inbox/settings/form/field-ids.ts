/** The ids of a form's fields, made of their paths: an error of the server finds its field by them. */

/** The id of the control at a path. */
export function fieldId(path: string): string {
  return `setting.${path}`;
}

/** The id of the words below it that say what is wrong. */
export function errorId(path: string): string {
  return `${fieldId(path)}.error`;
}

/** Puts the focus where a problem is: at its field, else at the first one inside of it, else at the nearest around it. */
export function focusField(path: string): void {
  controlOf(path)?.focus();
}

function controlOf(path: string): HTMLElement | null {
  const exact = document.getElementById(fieldId(path));
  if (exact !== null) return exact;
  const inside = document.querySelector<HTMLElement>(
    `:is(input, select, textarea, button)[id^="${CSS.escape(fieldId(path))}."]`,
  );
  if (inside !== null) return inside;
  const parent = path.split('.').slice(0, -1).join('.');
  return parent === '' ? null : controlOf(parent);
}

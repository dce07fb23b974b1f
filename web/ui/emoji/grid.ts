/** How the arrows move through a grid that is read line by line. */

/** Emoji in a line; the stylesheet has the same number. */
export const COLUMNS = 8;

interface Place {
  readonly active: number;
  readonly count: number;
  /** The first of a line stands at the right. */
  readonly isRtl: boolean;
}

/** Where a key leads from the active one; null for a key that leads nowhere. */
export function stepInGrid(key: string, { active, count, isRtl }: Place): number | null {
  const along = isRtl ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: along,
    ArrowLeft: -along,
    ArrowDown: COLUMNS,
    ArrowUp: -COLUMNS,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return null;
  const next = active + step;
  return next < 0 || next >= count ? active : next;
}

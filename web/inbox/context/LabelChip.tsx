/** A label in a colour of its own, always the same for the same word. */
import type { CSSProperties, ReactNode } from 'react';

import { hueOf } from '../../ui/text/names.ts';

interface LabelChipProps {
  label: string;
  /** A button that takes it away. */
  children?: ReactNode;
}

/** The colour is decoration: the word says it all. */
export function LabelChip({ label, children }: LabelChipProps) {
  const style: CSSProperties & Record<`--${string}`, number> = { '--chip-hue': hueOf(label) };
  return (
    <span className="chip" style={style}>
      <span className="truncate" dir="auto">
        {label}
      </span>
      {children}
    </span>
  );
}

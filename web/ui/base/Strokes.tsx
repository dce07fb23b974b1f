/** How every icon is drawn: as strokes of the text's colour. */

interface StrokesProps {
  /** An SVG path in a square of 24. */
  path: string;
  size: number;
  /** Whether it points along the line of text, and so turns around in a right-to-left page. */
  isDirectional?: boolean;
}

/** Decoration. */
export function Strokes({ path, size, isDirectional = false }: StrokesProps) {
  return (
    <svg
      className={isDirectional ? 'icon icon--directional' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

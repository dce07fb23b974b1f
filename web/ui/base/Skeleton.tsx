/** The grey shape of what is about to come, of the same size, so that nothing shifts. */

interface SkeletonProps {
  /** CSS lengths. */
  width: string;
  height: string;
  round?: boolean;
}

/** Silent for screen readers: the region around it says that it is busy. */
export function Skeleton({ width, height, round = false }: SkeletonProps) {
  return (
    <span
      className="skeleton"
      aria-hidden="true"
      style={{
        inlineSize: width,
        blockSize: height,
        ...(round && { borderRadius: '999px' }),
      }}
    />
  );
}

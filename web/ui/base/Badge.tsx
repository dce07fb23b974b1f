/** A small count that wants attention. */

interface BadgeProps {
  count: number;
  /** What the count means, for a screen reader: "3 unread". */
  label: string;
}

/** Nothing at zero; "99+" from a hundred on, so that a row never grows. */
export function Badge({ count, label }: BadgeProps) {
  if (count <= 0) return null;
  return (
    <span className="badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

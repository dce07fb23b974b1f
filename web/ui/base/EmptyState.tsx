/** What an empty place says: what will be here, and how it gets here. */
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** Fills its parent's middle. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty__icon">{icon}</span>
      <p className="empty__title">{title}</p>
      <p className="empty__text">{text}</p>
      {children}
    </div>
  );
}

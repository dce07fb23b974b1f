/** What an empty place says: what will be here, and how it gets here. */
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** A heading where it is all that the page says. */
  titleAs?: 'h1' | 'p';
  children?: ReactNode;
}

/** Fills its parent's middle. */
export function EmptyState({ icon, title, text, titleAs: Title = 'p', children }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty__icon">{icon}</span>
      <Title className="empty__title">{title}</Title>
      <p className="empty__text">{text}</p>
      {children}
    </div>
  );
}

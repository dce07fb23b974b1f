/** A quiet bar over a panel: being offline, or an error that says what to do. */
import type { ReactNode } from 'react';

interface BannerProps {
  children: ReactNode;
  tone?: 'notice' | 'error';
  /** One way out of the state that the bar tells of. */
  action?: { label: string; onSelect: () => void } | undefined;
}

/**
 * Announced politely when its words come; without any (`null`, `false`) it takes no room. Render it
 * always rather than with its words: a live region that comes with them stays silent.
 */
export function Banner({ children, tone = 'notice', action }: BannerProps) {
  const isEmpty = children === null || children === false;
  return (
    <div role="status">
      {!isEmpty && (
        <div className={`banner banner--${tone}`}>
          <span className="banner__text">{children}</span>
          {action !== undefined && (
            <button
              type="button"
              className="button button--quiet button--small"
              onClick={action.onSelect}
            >
              {action.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

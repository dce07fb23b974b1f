/** The border between the storefront's page and the chat's styles. */
import type { ReactNode } from 'react';

import { directionOf } from '../words/language.ts';
import { useSettings } from './settings.ts';

interface ScopeProps {
  className?: string;
  children: ReactNode;
}

/** The built stylesheet reaches nothing outside of `.parley`, which carries the tokens, the language and its direction. */
export function Scope({ className, children }: ScopeProps) {
  const { theme, language } = useSettings();
  return (
    <div
      className={className === undefined ? 'parley' : `parley ${className}`}
      data-theme={theme}
      lang={language}
      dir={directionOf(language)}
    >
      {children}
    </div>
  );
}

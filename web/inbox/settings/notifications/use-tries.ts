/** Trying out what tells of a message, on the very same sound, notification and icon. */
import { useCallback, useEffect, useRef } from 'react';

import { showIcon, titleWith } from '../../../chat/notify/badge.ts';
import { pagePopups, pageSound } from '../../../chat/notify/start.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';

/** Long enough to look up to the tab. */
const BADGE_MS = 4_000;
const BADGE_COUNT = 3;

interface Tries {
  readonly trySound: () => void;
  /** @returns whether the browser took it */
  readonly tryPopup: () => boolean;
  readonly tryBadge: () => void;
}

/** Each is called by a click: browsers want a gesture. */
export function useTries(): Tries {
  const { notifications: words, locale } = useWords(settingsWords);
  const endBadge = useRef<(() => void) | null>(null);
  useEffect(() => () => endBadge.current?.(), []);
  const trySound = useCallback(() => {
    void pageSound.unlock().then(() => pageSound.play());
  }, []);
  const tryPopup = useCallback(() => {
    const { title, text } = words.tried;
    return pagePopups.show({
      tag: 'parley/try',
      title,
      text,
      locale,
      onClick: () => window.focus(),
    });
  }, [words, locale]);
  const tryBadge = useCallback(() => {
    endBadge.current?.();
    const before = document.title;
    const shown = titleWith(before, BADGE_COUNT);
    document.title = shown;
    const showFormer = showIcon('/favicon-unread.svg');
    const end = () => {
      clearTimeout(timer);
      endBadge.current = null;
      showFormer();
      // unless something real came meanwhile
      if (document.title === shown) document.title = before;
    };
    const timer = setTimeout(end, BADGE_MS);
    endBadge.current = end;
  }, []);
  return { trySound, tryPopup, tryBadge };
}

/** Keeps a full sheet as high as what the keyboard leaves of the screen. */
import { type RefObject, useEffect } from 'react';

/** iOS lays its keyboard over the page, and only `visualViewport` tells of it. */
export function useSheetHeight(sheet: RefObject<HTMLElement | null>, isSheet: boolean): void {
  useEffect(() => {
    const { visualViewport: view } = window;
    const element = sheet.current;
    if (!isSheet || element === null || view === null) return;
    const fit = () => {
      element.style.setProperty('--sheet-height', `${view.height}px`);
      element.style.setProperty('--sheet-top', `${view.offsetTop}px`);
    };
    fit();
    view.addEventListener('resize', fit);
    view.addEventListener('scroll', fit);
    return () => {
      view.removeEventListener('resize', fit);
      view.removeEventListener('scroll', fit);
      element.style.removeProperty('--sheet-height');
      element.style.removeProperty('--sheet-top');
    };
  }, [sheet, isSheet]);
}

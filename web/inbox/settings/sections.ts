/** The sections of the settings and their addresses. */
import { matchPath } from '../../ui/navigation.tsx';

/** Where the settings are. */
export const SETTINGS_PATH = '/inbox/settings';

/** In the order in which they stand. */
export const SECTIONS = ['shop', 'hours', 'away', 'replies', 'notifications'] as const;

export type Section = (typeof SECTIONS)[number];

/** The address of a section. */
export function sectionPath(section: Section): string {
  return section === SECTIONS[0] ? SETTINGS_PATH : `${SETTINGS_PATH}/${section}`;
}

/** The section at an address; the first one where it names none that there is. */
export function sectionOf(path: string): Section {
  const named = matchPath(`${SETTINGS_PATH}/:section`, path)?.['section'];
  return SECTIONS.find((section) => section === named) ?? SECTIONS[0];
}

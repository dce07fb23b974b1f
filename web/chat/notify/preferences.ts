/** What a person wants to be told in this browser, and how. */
import { type StoredSwitches, switchesOf } from './stored.ts';

/** Each is switched by itself. */
export type NotifyPreferences = {
  readonly sound: boolean;
  /** Notifications of the browser, which may refuse them all the same. */
  readonly popups: boolean;
  /** The number in the title and the dot on the icon. */
  readonly badge: boolean;
  /** They were asked once whether they want notifications, and that was enough. */
  readonly isAsked: boolean;
};

const DEFAULTS: NotifyPreferences = { sound: true, popups: true, badge: true, isAsked: false };

/** The preferences of a person. @param scope whose they are, or null while nobody knows */
export function notifyPreferencesOf(scope: string | null): StoredSwitches<NotifyPreferences> {
  return switchesOf(scope === null ? null : `${scope}/notify`, DEFAULTS);
}

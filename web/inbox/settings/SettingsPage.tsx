/** The settings of the shop and of this browser: where they are found, and which are on screen. */

/** Where the page is; a section has its own address below it. */
export const SETTINGS_PATH = '/inbox/settings';

/** In place of a conversation; on a phone alone. */
export function SettingsPage() {
  return <main className="settings" />;
}

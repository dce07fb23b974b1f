/** What a page would have sounded and shown: the browser's own classes are recorded, and whether one looks at the page is told. */
import type { BrowserContext, Page } from 'playwright-core';

/** A notification as it was made. */
export interface RecordedPopup {
  title: string;
  body: string;
  tag: string;
  isOpen: boolean;
}

interface Recorded {
  sounds: number;
  popups: (RecordedPopup & { click: () => void })[];
  asked: number;
  isLooking: boolean;
}

declare global {
  interface Window {
    recorded: Recorded;
  }
}

/** Before the first page of the context loads. @param answer what the person says when they are asked */
export async function recordAlerts(
  context: BrowserContext,
  options: { permission: NotificationPermission; answer?: NotificationPermission },
): Promise<void> {
  await context.addInitScript(({ permission, answer = permission }) => {
    const recorded: Recorded = { sounds: 0, popups: [], asked: 0, isLooking: true };
    window.recorded = recorded;
    class RecordedNotification {
      static permission = permission;
      static requestPermission = async () => {
        recorded.asked += 1;
        RecordedNotification.permission = answer;
        return answer;
      };
      readonly #popup;
      constructor(title: string, { body = '', tag = '' }: NotificationOptions) {
        this.#popup = { title, body, tag, isOpen: true, click: () => {} };
        recorded.popups.push(this.#popup);
      }
      addEventListener(_: string, run: () => void) {
        this.#popup.click = run;
      }
      close() {
        this.#popup.isOpen = false;
      }
    }
    const param = { setValueAtTime() {}, exponentialRampToValueAtTime() {}, value: 0 };
    const node = { connect: (next: unknown) => next, frequency: param, gain: param };
    class RecordedAudio {
      state = 'suspended';
      currentTime = 0;
      destination = {};
      async resume() {
        this.state = 'running';
      }
      createGain = () => node;
      // a sound is two tones
      createOscillator = () => ({ ...node, start: () => (recorded.sounds += 0.5), stop() {} });
    }
    Object.assign(window, { Notification: RecordedNotification, AudioContext: RecordedAudio });
    // every page of a headless browser believes that it has the focus
    document.hasFocus = () => recorded.isLooking;
  }, options);
}

/** Whether the person looks at that page. */
export async function look(page: Page, isLooking: boolean): Promise<void> {
  await page.evaluate((is) => {
    window.recorded.isLooking = is;
    dispatchEvent(new Event(is ? 'focus' : 'blur'));
  }, isLooking);
}

/** How often the pages sounded, together. */
export async function soundsOf(...pages: readonly Page[]): Promise<number> {
  const counts = await Promise.all(
    pages.map((page) => page.evaluate(() => window.recorded.sounds)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The notifications that the pages showed, whichever did. */
export async function popupsOf(...pages: readonly Page[]): Promise<RecordedPopup[]> {
  const shown = await Promise.all(
    pages.map((page) =>
      page.evaluate(() =>
        window.recorded.popups.map(({ title, body, tag, isOpen }) => ({
          title,
          body,
          tag,
          isOpen,
        })),
      ),
    ),
  );
  return shown.flat();
}

/** Clicks the newest notification of that page. */
export async function clickPopup(page: Page): Promise<void> {
  await page.evaluate(() => window.recorded.popups.at(-1)?.click());
}

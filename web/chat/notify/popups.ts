/** The browser's notifications: asked for by a gesture, one per room, and missing without harm where there are none. */

/** `unsupported`: this browser has none for pages, as on most phones. */
export type PopupPermission = 'default' | 'granted' | 'denied' | 'unsupported';

/** A notification as it is shown. All of it is text. */
export interface Popup {
  /** One with the same tag is replaced. */
  readonly tag: string;
  readonly title: string;
  readonly text: string;
  /** The language of its words, a BCP 47 tag. */
  readonly locale: string;
  readonly onClick: () => void;
}

export interface Popups {
  readonly permission: () => PopupPermission;
  /** Asks the person; only a gesture may. */
  readonly ask: () => Promise<PopupPermission>;
  /** @returns false where it could not be shown */
  readonly show: (popup: Popup) => boolean;
  readonly close: (tag: string) => void;
  /** Closes all. */
  readonly end: () => void;
}

/** One on the screen. */
interface ShownPopup {
  close(): void;
  addEventListener(name: 'click', run: () => void): void;
}

/** The part of the browser's class that is used. */
export interface NotificationPort {
  new (title: string, options: NotificationOptions): ShownPopup;
  readonly permission: NotificationPermission;
  readonly requestPermission: () => Promise<NotificationPermission>;
}

/** The notifications of this page. @param find the browser's class as it is now, or undefined */
export function createPopups(
  find: () => NotificationPort | undefined = () => globalThis.Notification,
): Popups {
  const shown = new Map<string, ShownPopup>();
  // Chrome on Android has the class and refuses to make one
  let isRefused = false;
  const permission = () => (isRefused ? 'unsupported' : (find()?.permission ?? 'unsupported'));
  const close = (tag: string) => {
    shown.get(tag)?.close();
    shown.delete(tag);
  };
  return {
    permission,
    ask: async () => {
      try {
        await find()?.requestPermission();
      } catch {
        // a frame that may not ask: the permission says so
      }
      return permission();
    },
    show: ({ tag, title, text, locale, onClick }) => {
      const Port = find();
      if (Port === undefined || permission() !== 'granted') return false;
      try {
        // silent: the sound is ours, and switched by itself
        const popup = new Port(title, { tag, body: text, lang: locale, dir: 'auto', silent: true });
        popup.addEventListener('click', () => {
          close(tag);
          onClick();
        });
        shown.set(tag, popup);
        return true;
      } catch {
        isRefused = true;
        return false;
      }
    },
    close,
    end: () => {
      for (const tag of shown.keys()) close(tag);
    },
  };
}

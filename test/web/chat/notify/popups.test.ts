/** Notifications of a browser that has them, refuses them, or only seems to have them. */
import { describe, expect, it } from 'vitest';

import {
  createPopups,
  type NotificationPort,
  type Popup,
} from '../../../../web/chat/notify/popups.ts';

/** A browser's class, and what was shown by it. */
function aBrowser({
  permission = 'granted',
  answer = 'granted',
  isPhone = false,
}: {
  permission?: NotificationPermission;
  answer?: NotificationPermission;
  isPhone?: boolean;
} = {}) {
  const shown: {
    title: string;
    options: NotificationOptions;
    isOpen: boolean;
    click: () => void;
  }[] = [];
  class Port {
    static permission = permission;
    static requestPermission = async () => {
      Port.permission = answer;
      return answer;
    };
    readonly #entry;
    constructor(title: string, options: NotificationOptions) {
      if (isPhone) throw new TypeError('Illegal constructor.');
      this.#entry = { title, options, isOpen: true, click: () => {} };
      shown.push(this.#entry);
    }
    addEventListener(_: string, run: () => void) {
      this.#entry.click = run;
    }
    close() {
      this.#entry.isOpen = false;
    }
  }
  const find = () => Port satisfies NotificationPort;
  return { shown, popups: createPopups(find) };
}

const popup = (change: Partial<Popup> = {}): Popup => ({
  tag: 'a',
  title: 'Nino',
  text: 'Hello',
  locale: 'en-GB',
  onClick: () => {},
  ...change,
});

describe('a notification', () => {
  it('is text with a tag, silent since the sound is ours', () => {
    const { shown, popups } = aBrowser();
    expect(popups.show(popup())).toBe(true);
    expect(shown).toMatchObject([
      { title: 'Nino', options: { tag: 'a', body: 'Hello', lang: 'en-GB', silent: true } },
    ]);
  });

  it('tells of a click, and is gone then', () => {
    const { shown, popups } = aBrowser();
    let clicks = 0;
    popups.show(popup({ onClick: () => void (clicks += 1) }));
    shown[0]?.click();
    expect(clicks).toBe(1);
    expect(shown[0]?.isOpen).toBe(false);
  });

  it('is closed by its tag, or with all others', () => {
    const { shown, popups } = aBrowser();
    for (const tag of ['a', 'b', 'c']) popups.show(popup({ tag }));
    popups.close('b');
    expect(shown.map(({ isOpen }) => isOpen)).toEqual([true, false, true]);
    popups.end();
    expect(shown.map(({ isOpen }) => isOpen)).toEqual([false, false, false]);
  });
});

describe('a browser', () => {
  it.each<NotificationPermission>(['default', 'denied'])(
    'that says %s shows nothing',
    (permission) => {
      const { shown, popups } = aBrowser({ permission });
      expect(popups.show(popup())).toBe(false);
      expect(shown).toEqual([]);
    },
  );

  it.each<NotificationPermission>(['granted', 'denied'])(
    'is asked, and answers %s',
    async (answer) => {
      const { popups } = aBrowser({ permission: 'default', answer });
      expect(await popups.ask()).toBe(answer);
      expect(popups.permission()).toBe(answer);
    },
  );

  it('without notifications is no error', async () => {
    const popups = createPopups(() => undefined);
    expect(popups.permission()).toBe('unsupported');
    expect(popups.show(popup())).toBe(false);
    expect(await popups.ask()).toBe('unsupported');
  });

  it('of a phone that throws when one is made has none from then on', () => {
    const { popups } = aBrowser({ isPhone: true });
    expect(popups.show(popup())).toBe(false);
    expect(popups.permission()).toBe('unsupported');
  });
});

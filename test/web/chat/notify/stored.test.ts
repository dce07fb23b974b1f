/** Switches of a person: kept, shared between tabs, and at hand where storing is forbidden. */
import { describe, expect, it } from 'vitest';

import { createSwitches, type SwitchesScope } from '../../../../web/chat/notify/stored.ts';

const DEFAULTS = { sound: true, popups: false };
const KEY = 'parley/api/vendor:7/ana/notify';

/** One browser: each `tab` hears what the others store, as browsers have it. */
function aBrowser(stored: Record<string, string> = {}) {
  const items = new Map(Object.entries(stored));
  const listeners: { tab: number; hear: (event: { key: string; newValue: string }) => void }[] = [];
  const tab = (number: number): SwitchesScope => ({
    storage: () => ({
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, newValue) => {
        items.set(key, newValue);
        for (const other of listeners) if (other.tab !== number) other.hear({ key, newValue });
      },
    }),
    addEventListener: (_, hear) => void listeners.push({ tab: number, hear }),
  });
  return { items, tab };
}

const FORBIDDEN: SwitchesScope = {
  storage: () => {
    throw new DOMException('Forbidden', 'SecurityError');
  },
  addEventListener: () => {},
};

describe('switches', () => {
  it('are the defaults at first, and what was chosen after a reload', () => {
    const { tab } = aBrowser();
    const first = createSwitches(KEY, DEFAULTS, tab(1));
    expect(first.getState()).toEqual(DEFAULTS);
    first.change({ sound: false });
    expect(first.getState()).toEqual({ sound: false, popups: false });
    expect(createSwitches(KEY, DEFAULTS, tab(1)).getState()).toEqual({
      sound: false,
      popups: false,
    });
  });

  it('change in all tabs of the person, and in nobody else’s', () => {
    const { tab } = aBrowser();
    const [mine, other, foreign] = [
      createSwitches(KEY, DEFAULTS, tab(1)),
      createSwitches(KEY, DEFAULTS, tab(2)),
      createSwitches('parley/api/vendor:7/gia/notify', DEFAULTS, tab(3)),
    ];
    const heard: boolean[] = [];
    other.subscribe(() => heard.push(other.getState().sound));
    mine.change({ sound: false });
    expect(heard).toEqual([false]);
    expect(foreign.getState()).toEqual(DEFAULTS);
  });

  it('hold for the page where storing is forbidden', () => {
    const switches = createSwitches(KEY, DEFAULTS, FORBIDDEN);
    switches.change({ popups: true });
    expect(switches.getState()).toEqual({ sound: true, popups: true });
  });

  it('hold for the page while nobody knows whose they are, and leave nothing behind', () => {
    const { items, tab } = aBrowser();
    const switches = createSwitches(null, DEFAULTS, tab(1));
    switches.change({ popups: true });
    expect(switches.getState().popups).toBe(true);
    expect(items.size).toBe(0);
  });

  it.each(['', 'null', '[]', '{"sound":"no"}', '{"colour":true}', '"x"', '{'])(
    'take no harm from %j in the storage',
    (garbage) => {
      const { tab } = aBrowser({ [KEY]: garbage });
      expect(createSwitches(KEY, DEFAULTS, tab(1)).getState()).toEqual(DEFAULTS);
    },
  );
});

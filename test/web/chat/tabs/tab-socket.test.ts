import { beforeEach, describe, expect, it } from 'vitest';

import { SharedSocket } from '../../../../web/chat/tabs/shared-socket.ts';
import { TabSocket } from '../../../../web/chat/tabs/tab-socket.ts';
import { joinTabs } from '../../../../web/chat/tabs/join-tabs.ts';
import { createTabs } from '../../../../web/chat/tabs/tabs.ts';
import { FakeBrowser } from '../../../support/fake-browser.ts';
import { settled } from '../../../support/fake-ports.ts';

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
});

/** A tab whose real sockets open at once. */
function aTab(load: () => Promise<typeof SharedSocket> = async () => SharedSocket) {
  const { browser: own } = browser.open();
  const tabs = joinTabs('nino', createTabs(crypto.randomUUID()), own);
  const tab = { loads: 0, hurries: 0, open: new Set<string>(), heard: [] as string[] };
  const socket = new TabSocket({
    name: 'nino',
    tabs,
    browser: own,
    load: () => {
      tab.loads += 1;
      return load();
    },
    openSocket: (url, _, { onOpen }) => {
      tab.open.add(url);
      setImmediate(onOpen);
      return { send: () => {}, close: () => void tab.open.delete(url) };
    },
    onHurry: () => {
      tab.hurries += 1;
    },
  });
  const port = (url: string) =>
    socket.open(url, [], {
      onOpen: () => tab.heard.push(`${url} opened`),
      onText: () => {},
      onClose: () => tab.heard.push(`${url} closed`),
    });
  return { tab, socket, port };
}

describe('the socket of a tab', () => {
  it('is its own while the tab is alone, and the code for several is not fetched', async () => {
    const { tab, port } = aTab();
    const opened = port('a');
    expect(() => opened.send('early')).toThrow('Not open');
    await settled();
    opened.send('hello');
    expect([tab.heard, [...tab.open], tab.loads]).toEqual([['a opened'], ['a'], 0]);
    opened.close();
    expect([tab.heard, tab.open.size]).toEqual([['a opened'], 0]);
  });

  it('gives way to a shared one when another tab comes, and hurries back', async () => {
    const first = aTab();
    first.port('a');
    await settled();
    const second = aTab();
    await settled();
    expect([first.tab.heard, first.tab.open.size]).toEqual([['a opened', 'a closed'], 0]);
    expect(first.tab.hurries).toBeGreaterThan(0);
    first.port('b');
    second.port('c');
    await settled();
    expect(first.tab.heard.at(-1)).toBe('b opened');
    expect(second.tab.heard).toEqual(['c opened']);
    expect(first.tab.open.size + second.tab.open.size).toBe(1);
  });

  it('stays its own where that code does not come', async () => {
    const fail = () => Promise.reject<typeof SharedSocket>(new TypeError('No network.'));
    const first = aTab(fail);
    first.port('a');
    await settled();
    const second = aTab(fail);
    second.port('b');
    await settled();
    expect([first.tab.heard, second.tab.heard]).toEqual([['a opened'], ['b opened']]);
  });

  it('is not opened once it was closed, though it is still being looked for', async () => {
    const { tab, port } = aTab();
    port('a').close();
    await settled();
    expect([tab.heard, tab.open.size]).toEqual([[], 0]);
  });
});

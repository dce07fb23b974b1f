import { describe, expect, it } from 'vitest';

import { createChannel } from '../../../../web/chat/tabs/channel.ts';
import { FakeBrowser } from '../../../support/fake-browser.ts';
import { settled } from '../../../support/fake-ports.ts';

function anEnd(browser: FakeBrowser, name = 'nino') {
  const channel = createChannel();
  const heard: unknown[] = [];
  const stop = channel.hear('topic', (body) => heard.push(body));
  channel.open(name, browser.open().browser.openBroadcast);
  return { channel, heard, stop };
}

describe('a channel', () => {
  it('tells all others of a topic, and not oneself, nor other names', async () => {
    const browser = new FakeBrowser();
    const [first, second] = [anEnd(browser), anEnd(browser)];
    const stranger = anEnd(browser, 'giorgi');
    first.channel.post('topic', 1);
    first.channel.post('another topic', 2);
    await settled();
    expect([first.heard, second.heard, stranger.heard]).toEqual([[], [1], []]);
  });

  it('is silent before it has a name, after it is closed, and for who stopped listening', async () => {
    const browser = new FakeBrowser();
    const nameless = createChannel();
    nameless.post('topic', 0);
    const [first, second] = [anEnd(browser), anEnd(browser)];
    second.stop();
    first.channel.post('topic', 1);
    first.channel.close();
    first.channel.post('topic', 2);
    await settled();
    expect(second.heard).toEqual([]);
  });

  it('passes over what is no post of a page like this, and what cannot be told', () => {
    let onData: (data: unknown) => void = () => {};
    const channel = createChannel();
    channel.hear('topic', () => expect.unreachable());
    channel.open('nino', (_, hear) => {
      onData = hear;
      return {
        post: () => {
          throw new DOMException('No plain data.', 'DataCloneError');
        },
        close: () => {},
      };
    });
    for (const data of [null, 'topic', {}, { topic: 'topic' }]) onData(data);
    expect(() => channel.post('topic', () => {})).not.toThrow();
  });
});

/** The notifier of this page on what a browser has: locks, a channel, audio, notifications. */
import type { ChatClient } from '#client/chat.ts';

import type { Tabs } from '../tabs/tabs.ts';
import { looks } from '../use-read-mark.ts';
import { Notifier, type NotifierOptions } from './notifier.ts';
import { createPopups } from './popups.ts';
import { createSound, unlockByGesture } from './sound.ts';
import { createTabTalk } from './tab-talk.ts';

/** The sound and the notifications of this page: the settings try out the very same. */
export const pageSound = createSound();
export const pagePopups = createPopups();

interface StartOptions extends Pick<NotifierOptions, 'preferences' | 'words' | 'onOpen'> {
  readonly client: ChatClient;
  readonly scope: string;
  /** The person's tabs, of which one tells. */
  readonly tabs: Pick<Tabs, 'isElected' | 'channel'>;
  /** The room on this tab's screen. */
  readonly roomId: () => string | null;
}

/** Running notifications of one tab. */
export interface Running {
  /** This tab looks elsewhere now: at a room, or at none (null). */
  readonly lookChanged: (seen: string | null) => void;
  readonly end: () => void;
}

/** Tells one person of what comes in, until it is ended. */
export function startNotifier({ scope, tabs, roomId, ...options }: StartOptions): Running {
  const look = () => ({
    roomId: roomId(),
    isLooking: looks(),
    canSound: pageSound.canPlay(),
  });
  // the notifier and the talk need one another
  const parts: { notifier?: Notifier } = {};
  const talk = createTabTalk({
    channel: tabs.channel,
    tab: crypto.randomUUID(),
    look,
    onLook: (seen) => parts.notifier?.seen(seen),
    onSound: () => pageSound.play(),
    after: (delayMs, run) => void setTimeout(run, delayMs),
  });
  const notifier = new Notifier({
    ...options,
    scope,
    talk,
    look,
    isElected: tabs.isElected.getState,
    sound: pageSound,
    popups: pagePopups,
    now: Date.now,
  });
  parts.notifier = notifier;
  const stopUnlocking = unlockByGesture(pageSound);
  return {
    lookChanged: (seen) => {
      talk.tell();
      if (seen !== null) notifier.seen(seen);
    },
    end: () => {
      stopUnlocking();
      notifier.close();
      talk.close();
    },
  };
}

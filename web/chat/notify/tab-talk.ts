/** What the tabs of one person tell one another: which room each of them looks at, and who can be heard. */

import type { Channel } from '../tabs/channel.ts';

/** How one tab is. */
export interface TabLook {
  /** The room on its screen, or null. */
  readonly roomId: string | null;
  /** Whether it is visible and has the focus. */
  readonly isLooking: boolean;
  /** Whether it may make a sound: a tab that nobody has touched may not. */
  readonly canSound: boolean;
}

/** How a tab answered; `tab` names it until it is closed. */
export interface TabAnswer extends TabLook {
  readonly tab: string;
}

/** The conversation of one tab with its siblings. */
export interface TabTalk {
  /** How the others are, as far as they answer in time. A tab that died says nothing, so nothing of it stays behind. */
  readonly ask: () => Promise<readonly TabAnswer[]>;
  /** Tells the others that this tab looks elsewhere now. */
  readonly tell: () => void;
  /** Has another tab make the sound. */
  readonly sound: (tab: string) => void;
  readonly close: () => void;
}

interface TabTalkOptions {
  readonly channel: Pick<Channel, 'post' | 'hear'>;
  /** A random name of this tab. */
  readonly tab: string;
  readonly look: () => TabLook;
  /** Another tab looks at a room now. */
  readonly onLook: (roomId: string) => void;
  /** This tab is to make the sound. */
  readonly onSound: () => void;
  readonly after: (delayMs: number, run: () => void) => void;
}

/** Longer than a busy browser needs to pass a word, shorter than anybody notices. */
const ANSWER_WITHIN_MS = 150;

const TOPIC = 'looks';

/** Takes part in the tabs' conversation until it is closed. */
export function createTabTalk({ channel, tab, after, ...options }: TabTalkOptions): TabTalk {
  /** By tab, the last word of each; null while nobody asks. */
  let answers: Map<string, TabAnswer> | null = null;
  let asking: Promise<readonly TabAnswer[]> | null = null;
  const say = (said: Said) => channel.post(TOPIC, said);
  const tell = () => say({ type: 'look', tab, look: options.look() });

  const stop = channel.hear(TOPIC, (body) => {
    const said = parseSaid(body);
    if (said?.type === 'ask') tell();
    else if (said?.type === 'look') {
      answers?.set(said.tab, { ...said.look, tab: said.tab });
      if (said.look.isLooking && said.look.roomId !== null) options.onLook(said.look.roomId);
    } else if (said?.tab === tab) options.onSound();
  });

  const ask = () => {
    asking ??= new Promise<readonly TabAnswer[]>((resolve) => {
      const heard = new Map<string, TabAnswer>();
      answers = heard;
      say({ type: 'ask' });
      after(ANSWER_WITHIN_MS, () => {
        answers = null;
        asking = null;
        resolve([...heard.values()]);
      });
    });
    return asking;
  };
  return { ask, tell, sound: (other) => say({ type: 'sound', tab: other }), close: stop };
}

type Said =
  | { readonly type: 'ask' }
  | { readonly type: 'sound'; readonly tab: string }
  | { readonly type: 'look'; readonly tab: string; readonly look: TabLook };

/** Null for what another version of the page may say. */
function parseSaid(data: unknown): Said | null {
  if (!isRecord(data)) return null;
  const { type, tab, look } = data;
  if (type === 'ask') return { type };
  if (typeof tab !== 'string') return null;
  if (type === 'sound') return { type, tab };
  return type === 'look' && isLook(look) ? { type, tab, look } : null;
}

function isLook(value: unknown): value is TabLook {
  return (
    isRecord(value) &&
    (value['roomId'] === null || typeof value['roomId'] === 'string') &&
    typeof value['isLooking'] === 'boolean' &&
    typeof value['canSound'] === 'boolean'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

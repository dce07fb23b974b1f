/** Tells one person of what comes in: collects for a moment, asks the other tabs, decides, and does it. */
import type { ChatClient } from '#client/chat.ts';
import type { Message } from '#protocol/message.ts';

import { arrivalOf, isNews } from './arrival.ts';
import {
  type Attention,
  decide,
  NOTHING_TOLD,
  type NotifyEffect,
  type NotifyEvent,
} from './decide.ts';
import type { Popups } from './popups.ts';
import type { NotifyPreferences } from './preferences.ts';
import type { Sound } from './sound.ts';
import type { TabAnswer, TabLook, TabTalk } from './tab-talk.ts';
import type { NotifyWords } from './words.ts';

export interface NotifierOptions {
  readonly client: Pick<ChatClient, 'on' | 'room' | 'getState'>;
  /** What tells two people's notifications apart. */
  readonly scope: string;
  /** Whether this tab is the one that tells. */
  readonly isElected: () => boolean;
  readonly talk: Pick<TabTalk, 'ask' | 'sound'>;
  readonly look: () => TabLook;
  readonly sound: Sound;
  readonly popups: Pick<Popups, 'show' | 'close'>;
  readonly preferences: () => NotifyPreferences;
  readonly words: () => NotifyWords;
  /** A notification was clicked: of a room, or of several (null). */
  readonly onOpen: (roomId: string | null) => void;
  readonly now: () => number;
}

/** The notifier of one tab. */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #stop: () => void;
  /** What ends the watching of a room that was told of. */
  readonly #watched = new Map<string, () => void>();
  #state = NOTHING_TOLD;
  #waiting: Message[] = [];

  constructor(options: NotifierOptions) {
    this.#options = options;
    this.#stop = options.client.on('message', ({ message }) => this.#take(message));
  }

  /** Somebody looks at a room, here or in another tab. */
  seen(roomId: string): void {
    this.#step({ type: 'seen', roomId });
  }

  close(): void {
    this.#stop();
    this.#waiting = [];
    for (const roomId of this.#state.told.keys()) this.seen(roomId);
  }

  #take(message: Message): void {
    if (!this.#options.isElected() || !this.#isNews(message)) return;
    this.#waiting.push(message);
    // what comes while the tabs answer goes along
    if (this.#waiting.length === 1) void this.#tell();
  }

  #isNews(message: Message): boolean {
    const { client } = this.#options;
    const { room } = client.room(message.roomId).getState();
    return isNews(message, { room, me: client.getState().me?.member ?? null });
  }

  async #tell(): Promise<void> {
    const { talk, look, preferences, words, now } = this.#options;
    const others = await talk.ask();
    // by now a room may have been read, or turned out to be muted
    const arrivals = this.#waiting
      .splice(0)
      .filter((message) => this.#isNews(message))
      .map((message) => arrivalOf(message, words()));
    const attention = attentionOf([look(), ...others]);
    this.#step(
      { type: 'arrived', arrivals, attention, preferences: preferences(), nowMs: now() },
      others,
    );
  }

  #step(event: NotifyEvent, others: readonly TabAnswer[] = []): void {
    const { state, effects } = decide(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#run(effect, others);
  }

  #run(effect: NotifyEffect, others: readonly TabAnswer[]): void {
    switch (effect.type) {
      case 'sound':
        this.#makeSound(others);
        break;
      case 'show': {
        const { arrival, count } = effect;
        const { roomId, from, text } = arrival;
        const title = count > 1 ? this.#options.words().several(from, count) : from;
        this.#show(roomId, { title, text });
        this.#watch(roomId);
        break;
      }
      case 'summary':
        this.#show(null, this.#options.words().summary(effect.messages, effect.rooms));
        break;
      case 'close':
        this.#watched.get(effect.roomId)?.();
        this.#watched.delete(effect.roomId);
        this.#options.popups.close(this.#tagOf(effect.roomId));
        if (this.#state.told.size === 0) this.#options.popups.close(this.#tagOf(null));
    }
  }

  /** By another tab where nobody has touched this one yet. */
  #makeSound(others: readonly TabAnswer[]): void {
    const { sound, talk } = this.#options;
    const other = others.find(({ canSound }) => canSound);
    if (!sound.canPlay() && other !== undefined) talk.sound(other.tab);
    else sound.play();
  }

  #show(roomId: string | null, { title, text }: { title: string; text: string }): void {
    const { popups, words, onOpen } = this.#options;
    const { locale } = words();
    const tag = this.#tagOf(roomId);
    popups.show({ tag, title, text, locale, onClick: () => onOpen(roomId) });
  }

  /** A room that is read on another device needs no notification any more. */
  #watch(roomId: string): void {
    if (this.#watched.has(roomId)) return;
    const room = this.#options.client.room(roomId);
    const end = room.subscribe(() => {
      if (room.getState().room?.unread === 0) this.seen(roomId);
    });
    this.#watched.set(roomId, end);
  }

  #tagOf(roomId: string | null): string {
    return `${this.#options.scope}/${roomId ?? ''}`;
  }
}

function attentionOf(looks: readonly TabLook[]): Attention {
  const looking = looks.filter(({ isLooking }) => isLooking);
  const rooms = new Set(looking.map(({ roomId }) => roomId).filter((roomId) => roomId !== null));
  return { rooms, isHere: looking.length > 0 };
}

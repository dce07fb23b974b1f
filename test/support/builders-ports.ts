/** The ports that every verb of the domain takes, over some stores: a clock by hand, pushes recorded. */
import { refuseSuspendedNow } from '#core/accounts/suspension.ts';
import type { Caller } from '#core/access.ts';
import type { PushOutcome } from '#core/fan-out.ts';
import type { Rules } from '#core/product.ts';
import type { Member } from '#protocol/ids.ts';
import type { ServerFrame } from '#protocol/server-frames.ts';

import { rulesWith, START_MS } from './builders.ts';
import { FakeFiles } from './fake-files.ts';
import type { FakeStore } from './fake-store.ts';

/** What happened outside the tables, and the clock. */
export class World {
  nowMs = START_MS;
  readonly pushes: { connectionId: string; frame: ServerFrame }[] = [];
  readonly closed: string[] = [];
  readonly reported: unknown[] = [];
  readonly waits: number[] = [];
  readonly files = new FakeFiles();
  /** What a push answers; `sent` unless told. */
  outcome: (connectionId: string) => PushOutcome = () => 'sent';
  /** What happens while somebody waits. */
  onWait: (ms: number) => void = () => {};

  framesTo(connectionId: string): ServerFrame[] {
    return this.pushes
      .filter((push) => push.connectionId === connectionId)
      .map((push) => push.frame);
  }
}

/** Stores and world as ports. Waiting moves the clock. */
export function portsOver(store: FakeStore, world: World, rules: Rules = rulesWith()) {
  return {
    ...store,
    rules,
    // As it is: what its memory does is tested where it is made.
    recallShop: (vendor: Member) => store.profiles.getShop(vendor, { consistent: false }),
    refuseSuspended: (caller: Caller) => refuseSuspendedNow(store.profiles, caller),
    objects: world.files.objects,
    removeObjects: world.files.objects.remove,
    now: () => world.nowMs,
    random: () => 0.5,
    wait: async (ms: number) => {
      world.waits.push(ms);
      world.nowMs += ms;
      world.onWait(ms);
    },
    push: async (connectionId: string, frame: ServerFrame) => {
      const outcome = world.outcome(connectionId);
      if (outcome === 'sent') world.pushes.push({ connectionId, frame });
      return outcome;
    },
    close: async (connectionId: string) => void world.closed.push(connectionId),
    report: (error: unknown) => void world.reported.push(error),
  };
}

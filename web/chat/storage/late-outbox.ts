/** The outbox's storage before its code is there: what is to be stored waits, and what is written leaves all the same. */
import type { OutboxStorage } from '#client/ports.ts';
import { createStore } from '#client/store.ts';

import type { Sharing } from '../sharing.ts';

/** The storage as it is once the code came. */
type Brought = Pick<Sharing, 'outbox' | 'close'>;

interface LateOutboxOptions {
  /** Rejects where the code does not come at all. */
  readonly joining: Promise<Brought>;
  /** The same, but rejects as soon as nobody should wait any longer. */
  readonly soon: Promise<Brought>;
}

/** Until the code is there nobody sends; after too long a wait this client does, as if it were alone. */
export function lateOutbox({ joining, soon }: LateOutboxOptions): OutboxStorage {
  const isSender = createStore(false);
  let ready = soon;
  joining.then(
    (brought) => {
      ready = joining;
      const { isSender: real } = brought.outbox.siblings;
      const follow = () => isSender.set(real.getState());
      // whoever begins to send takes up what is stored: also who began without it
      isSender.set(false);
      real.subscribe(follow);
      follow();
    },
    () => {},
  );
  soon.catch(() => isSender.set(true));
  const write = async (work: (outbox: OutboxStorage) => Promise<void>) => {
    const done = joining.then(({ outbox }) => work(outbox));
    // reported where it is waited for
    done.catch(() => {});
    await ready;
    return done;
  };
  return {
    load: async () => (await ready).outbox.load(),
    put: (entry) => write((outbox) => outbox.put(entry)),
    remove: (id) => write((outbox) => outbox.remove(id)),
    close: () => whenThere(({ close }) => close()),
    siblings: {
      isSender,
      tell: (news) => whenThere(({ outbox }) => outbox.siblings.tell(news)),
      hear: (listener) => {
        let stop: (() => void) | null = null;
        whenThere(({ outbox }) => {
          stop = outbox.siblings.hear(listener);
        });
        return () => whenThere(() => stop?.());
      },
    },
  };

  function whenThere(run: (brought: Brought) => void): void {
    joining.then(run, () => {});
  }
}

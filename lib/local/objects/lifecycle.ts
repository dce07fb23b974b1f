/** What a bucket's lifecycle does: expired objects vanish, as at S3 at the midnight after their days are over. */
import type { BucketModel, Clock } from '../model.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/** What the sweeper works on. */
export interface LifecycleOptions {
  readonly buckets: readonly BucketModel[];
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly everyMs?: number;
}

/** A running sweeper. */
export interface Lifecycle {
  /** Deletes what is expired now; how many objects that were. */
  sweep(): number;
  stop(): void;
}

const DAY_MS = 86_400_000;
const DEFAULT_INTERVAL_MS = 3_600_000;

/** Starts sweeping by the clock; what expired while nobody ran goes at once. */
export function startLifecycle(options: LifecycleOptions): Lifecycle {
  const { buckets, store, clock, everyMs = DEFAULT_INTERVAL_MS } = options;
  let cancel: (() => void) | undefined;
  const sweep = () => {
    const expired = buckets.flatMap((bucket) =>
      store.list(bucket.bucketName).filter((it) => isExpired(bucket, it, clock.now())),
    );
    for (const object of expired) store.delete(object);
    return expired.length;
  };
  const schedule = () => {
    cancel = clock.after(everyMs, () => {
      schedule();
      sweep();
    });
  };
  schedule();
  sweep();
  return { sweep, stop: () => cancel?.() };
}

function isExpired({ expirations }: BucketModel, object: StoredObject, now: number): boolean {
  return expirations.some(
    ({ prefix, days }) =>
      object.key.startsWith(prefix) && now >= expiryOf(object.lastModified, days),
  );
}

/** S3 rounds up to the next midnight UTC. */
function expiryOf(lastModified: number, days: number): number {
  return Math.ceil((lastModified + days * DAY_MS) / DAY_MS) * DAY_MS;
}

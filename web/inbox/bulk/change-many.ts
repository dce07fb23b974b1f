/** One change on many conversations: a few at a time, counted, and told one by one what failed. */

/** What became of them. */
export interface Outcome {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

interface ChangeManyInput {
  roomIds: readonly string[];
  change: (roomId: string) => Promise<void>;
  /** Called after each. */
  onProgress: (outcome: Outcome) => void;
  /** What was not begun when it is aborted counts as failed. */
  signal: AbortSignal;
}

/** Few enough to leave the connection to those who write meanwhile. */
const MAX_AT_ONCE = 4;

/** Never rejects: what failed is in the outcome. */
export async function changeMany({
  roomIds,
  change,
  onProgress,
  signal,
}: ChangeManyInput): Promise<Outcome> {
  const done: string[] = [];
  const failed: string[] = [];
  const left = roomIds.values();
  const work = async () => {
    for (const roomId of left) {
      const isDone = !signal.aborted && (await succeeds(change, roomId));
      (isDone ? done : failed).push(roomId);
      onProgress({ done: [...done], failed: [...failed] });
    }
  };
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, work));
  return { done, failed };
}

/** Why one failed is the same for all that fail here: the server could not be reached, or refused. */
async function succeeds(change: ChangeManyInput['change'], roomId: string): Promise<boolean> {
  try {
    await change(roomId);
    return true;
  } catch {
    return false;
  }
}

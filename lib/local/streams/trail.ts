/** How far a shard is settled, although its lanes are not done in the order in which it was read. */

/** The records that were read and not yet passed, by their sequence numbers. */
export interface Trail {
  read(sequenceNumber: string): void;
  settle(sequenceNumbers: readonly string[]): void;
  /** The last record up to which all are settled; undefined where that has not moved since the last call. */
  takePassed(): string | undefined;
}

/** Builds an empty trail. */
export function createTrail(): Trail {
  /** In the order of reading; true where it is settled. */
  const records = new Map<string, boolean>();
  return {
    read: (sequenceNumber) => void records.set(sequenceNumber, false),
    settle(sequenceNumbers) {
      for (const sequenceNumber of sequenceNumbers) records.set(sequenceNumber, true);
    },
    takePassed() {
      let passed: string | undefined;
      for (const [sequenceNumber, isSettled] of records) {
        if (!isSettled) break;
        records.delete(sequenceNumber);
        passed = sequenceNumber;
      }
      return passed;
    },
  };
}

/** A part of the program that is loaded when it is first needed, with a way to try again. */
import { useCallback, useEffect, useState } from 'react';

/** Where the loading stands. */
export type Loading<T> =
  | { status: 'loading' }
  | { status: 'ready'; value: T }
  | { status: 'failed'; retry: () => void };

/**
 * Loads when mounted, and again for another `load`: what was there stays until the new one comes.
 * @param load the same function as long as it loads the same; it hears how many times that failed before
 */
export function useLoaded<T>(load: (attempt: number) => Promise<T>): Loading<T> {
  const [value, setValue] = useState<{ of: T } | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isWanted = true;
    load(attempt).then(
      (loaded) => {
        if (isWanted) setValue({ of: loaded });
      },
      () => {
        if (isWanted) setFailed(true);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [load, attempt]);
  const retry = useCallback(() => {
    setFailed(false);
    setAttempt((count) => count + 1);
  }, []);
  if (value !== null) return { status: 'ready', value: value.of };
  return isFailed ? { status: 'failed', retry } : { status: 'loading' };
}

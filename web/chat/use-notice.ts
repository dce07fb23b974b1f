/** What failed of late, said for a while. */
import { useCallback, useEffect, useState } from 'react';

import { ChatError, type ErrorCode } from '#protocol/errors.ts';

/** Long enough to be read twice. */
const NOTICE_MS = 8_000;

/** @param sayWhy why something was refused, and what to do */
export function useNotice(sayWhy: (code: ErrorCode) => Promise<string>) {
  const [notice, setNotice] = useState<string | null>(null);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const watch = useCallback(
    (work: Promise<unknown>) => {
      work.catch(async (error: unknown) => {
        setNotice(await sayWhy(error instanceof ChatError ? error.code : 'internal'));
      });
    },
    [sayWhy],
  );
  return { notice, watch };
}

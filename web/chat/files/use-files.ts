/** Files on their way into a room: the code for them comes with the first one. */
import { useCallback, useEffect, useState } from 'react';

import type { RoomHandle } from '#client/conversation.ts';

import type { RefusedFile } from './check-files.ts';

/** Long enough to read a few names. */
const REFUSED_MS = 15_000;

const NONE: readonly RefusedFile[] = [];

const load = () => import('./send-files.ts');

interface FilesInput {
  handle: RoomHandle;
  /** Says it where sending fails. */
  watch: (work: Promise<unknown>) => void;
}

/** What sends files and takes them back, and which of the last ones stayed behind. */
export function useFiles({ handle, watch }: FilesInput) {
  const [refused, setRefused] = useState(NONE);
  useEffect(() => {
    if (refused.length === 0) return;
    const timer = setTimeout(() => setRefused(NONE), REFUSED_MS);
    return () => clearTimeout(timer);
  }, [refused]);
  const send = useCallback(
    (files: readonly File[], replyTo: number | undefined) => {
      const sending = async () => {
        const { sendFiles } = await load();
        setRefused(await sendFiles({ room: handle, files, replyTo }));
      };
      watch(sending());
    },
    [handle, watch],
  );
  const cancel = useCallback(
    (id: string) => watch(load().then(({ cancelFiles }) => cancelFiles(handle, id))),
    [handle, watch],
  );
  return { refused, send, cancel };
}

/** Whether somebody is signed in at the marketplace: known once it was asked for a token. */
import { useCallback, useMemo, useState } from 'react';

import type { SiteConfig } from '../config.ts';
import { fetchSiteToken, SignedOutError } from './site-token.ts';

interface SiteToken {
  token: () => Promise<string>;
  isSignedOut: boolean;
  /** Absent where the configuration names no place to sign in. */
  onSignIn: (() => void) | undefined;
}

/** Without a `tokenUrl` nobody can be signed in here: the marketplace embeds the chat in its own pages. */
export function useSiteToken({ tokenUrl, signInUrl }: SiteConfig): SiteToken {
  const [isSignedOut, setSignedOut] = useState(tokenUrl === undefined);
  const token = useCallback(async () => {
    try {
      if (tokenUrl === undefined) throw new SignedOutError();
      return await fetchSiteToken(tokenUrl, (url, init) => fetch(url, init));
    } catch (error) {
      if (error instanceof SignedOutError) setSignedOut(true);
      throw error;
    }
  }, [tokenUrl]);
  const onSignIn = useMemo(
    () => (signInUrl === undefined ? undefined : () => location.assign(signInUrl)),
    [signInUrl],
  );
  return { token, isSignedOut, onSignIn };
}

/** Who this window is on a side of the demo, and how a visitor makes it somebody else. */
import { useCallback, useState } from 'react';

import { navigate } from '../ui/navigation.tsx';
import { currentPersona, type Persona, personasOf, rememberPersona } from './personas.ts';

/** What the switch needs besides its label. */
interface Switching {
  current: string;
  options: readonly Persona[];
  onSelect: (id: string) => void;
}

/** @param homeOf where the next one begins: a room of the one is not for the eyes of the other */
export function usePersona(
  role: Persona['claims']['role'],
  homeOf: (path: string) => string,
): { persona: Persona; switching: Switching } {
  const [persona, setPersona] = useState(() =>
    currentPersona(role, location.search, sessionStorage),
  );
  const options = personasOf(role);
  const onSelect = useCallback(
    (id: string) => {
      const chosen = personasOf(role).find((option) => option.id === id);
      if (chosen === undefined) return;
      rememberPersona(chosen, sessionStorage);
      // the address may still name the one before
      navigate(homeOf(location.pathname), { replace: true });
      setPersona(chosen);
    },
    [role, homeOf],
  );
  return { persona, switching: { current: persona.id, options, onSelect } };
}

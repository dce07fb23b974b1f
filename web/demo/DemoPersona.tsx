/** Who this window is, in the words of the side that it shows. */
import type { ComponentProps } from 'react';

import { PersonaSwitch } from '../ui/base/PersonaSwitch.tsx';
import { type Area, useWords } from '../words/area.tsx';

interface DemoPersonaProps<Words> extends Omit<ComponentProps<typeof PersonaSwitch>, 'label'> {
  area: Area<Words>;
}

/** The label is a word of the shop or of the inbox. */
export function DemoPersona<Words extends { youAre: string }>({
  area,
  ...rest
}: DemoPersonaProps<Words>) {
  return <PersonaSwitch label={useWords(area).youAre} {...rest} />;
}

/** Asks before somebody leaves what they have not saved. */
import { useEffect, useState } from 'react';

import { guardLeaving } from '../../../ui/leave-guard.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';

/** Rendered for as long as something is unsaved. */
export function LeaveDialog() {
  const { leave: words } = useWords(settingsWords);
  const [wanted, setWanted] = useState<{ leave: () => void } | null>(null);
  useEffect(() => guardLeaving((leave) => setWanted({ leave })), []);
  if (wanted === null) return null;
  return (
    <ConfirmDialog
      title={words.title}
      text={words.text}
      confirm={words.leave}
      cancel={words.stay}
      onConfirm={wanted.leave}
      onCancel={() => setWanted(null)}
    />
  );
}

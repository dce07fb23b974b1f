/** Who of the staff takes care of a conversation. */
import { useId } from 'react';

import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import type { Names } from '../staff/staff.ts';
import { useOwnUser, useStaff } from '../staff/use-staff.ts';

interface AssigneeProps {
  /** A user, or null for nobody. */
  assignee: string | null;
  onAssign: (user: string | null) => void;
}

/** A native select: it has its keyboard and its words on every device, and "to me" is one press. */
export function Assignee({ assignee, onAssign }: AssigneeProps) {
  const { assign } = useWords(inboxWords).desk;
  const staff = useStaff();
  const me = useOwnUser();
  const selectId = useId();
  const options = optionsOf(staff, { assignee, me });
  return (
    <section>
      <div className="context__bar">
        <label className="context__title" htmlFor={selectId}>
          {assign.title}
        </label>
        {me !== null && assignee !== me && (
          <button type="button" className="link-button" onClick={() => onAssign(me)}>
            {assign.take}
          </button>
        )}
      </div>
      <select
        id={selectId}
        className="context__select"
        value={assignee ?? ''}
        onChange={({ target }) => onAssign(target.value === '' ? null : target.value)}
      >
        <option value="">{assign.nobody}</option>
        {options.map(({ user, name }) => (
          <option key={user} value={user}>
            {user === me ? assign.me(name) : name}
          </option>
        ))}
      </select>
    </section>
  );
}

/** Oneself first, then the colleagues by name; whoever has the conversation is among them, known or not. */
function optionsOf(staff: Names, { assignee, me }: { assignee: string | null; me: string | null }) {
  const users = new Set([...(me === null ? [] : [me]), ...staff.keys()]);
  if (assignee !== null) users.add(assignee);
  const all = [...users].map((user) => ({ user, name: staff.get(user) ?? user }));
  return all.toSorted((a, b) =>
    a.user === me ? -1 : b.user === me ? 1 : a.name.localeCompare(b.name),
  );
}

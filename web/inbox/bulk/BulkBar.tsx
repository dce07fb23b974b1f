/** Over the list while one chooses: how many, what to do with them, how far that is, and what failed. */
import type { RoomFilter } from '#protocol/http-routes.ts';
import type { Room } from '#protocol/room.ts';

import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { customerOf } from '../room-view.ts';
import { type BulkAct, type BulkState, useBulk } from './use-bulk.ts';

interface BulkBarProps {
  filter: RoomFilter;
  choice: { ids: ReadonlySet<string>; chooseAll: () => void; clear: () => void };
  /** The rows on screen, in their order. */
  rooms: readonly Room[];
  onEnd: () => void;
}

/** Goes away with the choosing; what is under way then is stopped. */
export function BulkBar({ filter, choice, rooms, onEnd }: BulkBarProps) {
  const { choose, bulk } = useWords(inboxWords).desk;
  const { state, run, stop, dismiss } = useBulk();
  const act: BulkAct = filter === 'closed' ? 'reopen' : 'close';
  const begin = (which: BulkAct, roomIds: readonly string[]) => {
    run(which, roomIds);
    choice.clear();
  };
  const isAll = rooms.length > 0 && rooms.every(({ roomId }) => choice.ids.has(roomId));
  return (
    <div className="bulk" role="group" aria-label={choose.several}>
      <div className="bulk__row">
        <label className="bulk__all">
          <input type="checkbox" checked={isAll} onChange={choice.chooseAll} />
          {choose.all(rooms.length)}
        </label>
        <button type="button" className="button button--quiet button--small" onClick={onEnd}>
          {choose.end}
        </button>
      </div>
      <div className="bulk__row">
        <span role="status">{choose.count(choice.ids.size)}</span>
        <button
          type="button"
          className="button button--small"
          disabled={choice.ids.size === 0 || state.phase === 'running'}
          onClick={() => begin(act, [...choice.ids])}
        >
          <PageIcon name={act === 'close' ? 'check' : 'reopen'} size={16} />
          {bulk[act]}
        </button>
      </div>
      <BulkReport state={state} rooms={rooms} onRun={begin} onStop={stop} onDismiss={dismiss} />
    </div>
  );
}

interface BulkReportProps {
  state: BulkState;
  rooms: readonly Room[];
  onRun: (act: BulkAct, roomIds: readonly string[]) => void;
  onStop: () => void;
  onDismiss: () => void;
}

/** Always there for a screen reader, and heard when it says something. */
function BulkReport({ state, rooms, ...acts }: BulkReportProps) {
  return (
    <div role="status" className="bulk__report">
      {state.phase === 'running' && <Running {...state} onStop={acts.onStop} />}
      {state.phase === 'over' && <Over {...state} {...acts} rooms={rooms} />}
    </div>
  );
}

type Underway = Exclude<BulkState, { phase: 'idle' }>;

function Running({ act, total, outcome, onStop }: Underway & { onStop: () => void }) {
  const { bulk } = useWords(inboxWords).desk;
  const settled = outcome.done.length + outcome.failed.length;
  const words = bulk.progress[act](settled, total);
  return (
    <>
      <p>{words}</p>
      <div className="bulk__row">
        <progress max={total} value={settled} aria-label={words} />
        <button type="button" className="button button--quiet button--small" onClick={onStop}>
          {bulk.stop}
        </button>
      </div>
    </>
  );
}

function Over({ act, outcome, rooms, ...acts }: Underway & Omit<BulkReportProps, 'state'>) {
  const { bulk } = useWords(inboxWords).desk;
  const { done, failed } = outcome;
  const undo: BulkAct = act === 'close' ? 'reopen' : 'close';
  return (
    <>
      {done.length > 0 && <p>{bulk.done[act](done.length)}</p>}
      {failed.length > 0 && <p className="bulk__failed">{bulk.failed(namesOf(failed, rooms))}</p>}
      <div className="bulk__row">
        {failed.length > 0 && <Small label={bulk.again} onPress={() => acts.onRun(act, failed)} />}
        {done.length > 0 && <Small label={bulk.undo} onPress={() => acts.onRun(undo, done)} />}
        <Small label={bulk.dismiss} onPress={acts.onDismiss} />
      </div>
    </>
  );
}

function Small({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button type="button" className="button button--quiet button--small" onClick={onPress}>
      {label}
    </button>
  );
}

/** Names enough to look after them; the rest is counted. */
const MAX_NAMES = 5;

function namesOf(roomIds: readonly string[], rooms: readonly Room[]): string {
  const names = new Map(rooms.map((room) => [room.roomId, customerOf(room).name]));
  const shown = roomIds.slice(0, MAX_NAMES).map((roomId) => names.get(roomId) ?? roomId);
  const left = roomIds.length - shown.length;
  return [...shown, ...(left > 0 ? [`+${left}`] : [])].join(', ');
}

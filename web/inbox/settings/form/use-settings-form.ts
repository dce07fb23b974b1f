/** A form over some of the shop's settings: what is typed, what is wrong, and saving it beside colleagues. */
import { useCallback, useState } from 'react';

import type { SettingsStore } from '#client/chat.ts';
import { ChatError, type ErrorCode } from '#protocol/errors.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import { type Problem, problemsOf } from './problems.ts';
import { saveMerged } from './save-merged.ts';
import { changedNames, type SettingName } from './save-plan.ts';

/** How a form speaks to the settings. */
export interface FormShape<Draft> {
  readonly toDraft: (settings: VendorSettings) => Draft;
  /** Those settings that the form is about, as the draft has them. */
  readonly toSettings: (draft: Draft) => Partial<VendorSettings>;
  /** What can be told without the server. */
  readonly check: (draft: Draft) => readonly Problem[];
}

/** How saving stands. `conflict`: a colleague changed the same meanwhile. */
export type SaveState =
  | { readonly status: 'idle' | 'saving' | 'saved' | 'invalid' }
  | { readonly status: 'failed'; readonly code: ErrorCode }
  | { readonly status: 'conflict'; readonly names: readonly SettingName[] };

export interface SettingsForm<Draft> {
  readonly draft: Draft;
  readonly edit: (change: (draft: Draft) => Draft) => void;
  readonly isDirty: boolean;
  readonly problems: readonly Problem[];
  readonly state: SaveState;
  /** @param force also where it replaces what a colleague changed */
  readonly save: (options?: { force?: boolean }) => Promise<void>;
  /** Shows again what is stored. */
  readonly discard: () => void;
}

interface Edited<Draft> {
  readonly draft: Draft;
  /** The settings as they were when it began. */
  readonly base: VendorSettings;
}

const IDLE: SaveState = { status: 'idle' };
const NONE: readonly Problem[] = [];

/** A form that shows what is stored until somebody types. @param stored the latest that is known */
export function useSettingsForm<Draft>(
  settings: SettingsStore,
  stored: VendorSettings,
  shape: FormShape<Draft>,
): SettingsForm<Draft> {
  const [edited, setEdited] = useState<Edited<Draft> | null>(null);
  const [problems, setProblems] = useState(NONE);
  const [state, setState] = useState(IDLE);
  const draft = edited?.draft ?? shape.toDraft(stored);
  const isDirty =
    edited !== null && changedNames(edited.base, shape.toSettings(edited.draft)).length > 0;

  const edit = useCallback(
    (change: (draft: Draft) => Draft) => {
      setEdited((before) => ({
        draft: change(before?.draft ?? shape.toDraft(stored)),
        base: before?.base ?? stored,
      }));
      setState((before) => (before.status === 'saving' ? before : IDLE));
    },
    [shape, stored],
  );
  const reset = (next: SaveState) => {
    setEdited(null);
    setProblems(NONE);
    setState(next);
  };
  /** What was typed meanwhile stays, as a change of what is stored now. */
  const settle = (saved: Edited<Draft>, base: VendorSettings) => {
    setEdited((now) => (now === saved || now === null ? null : { draft: now.draft, base }));
    setProblems(NONE);
    setState({ status: 'saved' });
  };
  const refuse = (wrong: readonly Problem[]) => {
    setProblems(wrong);
    setState({ status: 'invalid' });
  };
  const save = async ({ force = false } = {}) => {
    if (edited === null || state.status === 'saving') return;
    const wrong = shape.check(edited.draft);
    if (wrong.length > 0) return refuse(wrong);
    setState({ status: 'saving' });
    try {
      const mine = shape.toSettings(edited.draft);
      const conflicts = await saveMerged(settings, { base: edited.base, mine, force });
      if (conflicts.length > 0) setState({ status: 'conflict', names: conflicts });
      else settle(edited, settings.getState().value ?? edited.base);
    } catch (error) {
      const { code, details } = error instanceof ChatError ? error : new ChatError('internal');
      if (code === 'invalid' && details.errors !== undefined) refuse(problemsOf(details.errors));
      else setState({ status: 'failed', code });
    }
  };
  return { draft, edit, isDirty, problems, state, save, discard: () => reset(IDLE) };
}

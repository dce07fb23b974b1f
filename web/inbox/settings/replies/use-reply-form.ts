/** Writing one saved reply: what is typed, what is wrong, and saving it. */
import { useState } from 'react';

import type { SavedReplies } from '#client/chat.ts';
import { ChatError, type ErrorCode } from '#protocol/errors.ts';
import type { SavedReply, SavedReplyBody } from '#protocol/vendor.ts';

import { type Problem, problemsOf } from '../form/problems.ts';
import { isSame } from '../form/save-plan.ts';
import { bodyOf, checkReply, EMPTY_REPLY } from './reply-draft.ts';

export interface ReplyForm {
  readonly draft: SavedReplyBody;
  readonly edit: (patch: Partial<SavedReplyBody>) => void;
  readonly isDirty: boolean;
  readonly problems: readonly Problem[];
  readonly isSaving: boolean;
  /** Why it was not saved, where no field is to blame. `not_found`: a colleague deleted it. */
  readonly failure: ErrorCode | null;
  readonly save: () => Promise<void>;
}

interface ReplyFormOptions {
  replies: SavedReplies;
  /** The reply to change, or null for a new one. */
  reply: SavedReply | null;
  onSaved: () => void;
}

const NONE: readonly Problem[] = [];

/** Mount it anew for another reply. */
export function useReplyForm({ replies, reply, onSaved }: ReplyFormOptions): ReplyForm {
  const [begun] = useState<SavedReplyBody>(() => (reply === null ? EMPTY_REPLY : pick(reply)));
  const [draft, setDraft] = useState(begun);
  const [problems, setProblems] = useState(NONE);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<ErrorCode | null>(null);

  const refuse = (error: unknown) => {
    const { code, details } = error instanceof ChatError ? error : new ChatError('internal');
    if (code === 'invalid' && details.errors !== undefined) setProblems(problemsOf(details.errors));
    else if (code === 'conflict') setProblems([{ path: 'shortcut', code: 'taken' }]);
    else setFailure(code);
  };
  const save = async () => {
    if (isSaving) return;
    const body = bodyOf(draft);
    const others = (replies.getState().value ?? []).filter(
      ({ replyId }) => replyId !== reply?.replyId,
    );
    const wrong = checkReply(body, others);
    setProblems(wrong);
    setFailure(null);
    if (wrong.length > 0) return;
    setSaving(true);
    try {
      // deleted by a colleague meanwhile, and wanted all the same: a new one
      await (reply === null || failure === 'not_found'
        ? replies.add(body)
        : replies.change(reply.replyId, body));
      onSaved();
    } catch (error) {
      refuse(error);
      setSaving(false);
    }
  };
  return {
    draft,
    edit: (patch) => setDraft((before) => ({ ...before, ...patch })),
    isDirty: !isSame(draft, begun),
    problems,
    isSaving,
    failure,
    save,
  };
}

function pick({ shortcut, messages }: SavedReply): SavedReplyBody {
  return { shortcut, messages };
}

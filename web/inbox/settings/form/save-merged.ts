/** Saving beside colleagues: what they saved meanwhile is read, merged, and never replaced unseen. */
import type { SettingsStore } from '#client/chat.ts';
import { ChatError } from '#protocol/errors.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import { planSave, type SettingName } from './save-plan.ts';

/** How often a colleague may save between the reading and the writing. */
const MAX_ROUNDS = 5;

interface Change {
  /** The settings as they were when it began. */
  readonly base: VendorSettings;
  /** What the form says. */
  readonly mine: Partial<VendorSettings>;
  /** Also where it replaces what a colleague changed. */
  readonly force: boolean;
}

/** Saves, unless it would replace what a colleague changed. @returns what that is. @throws ChatError */
export async function saveMerged(
  settings: SettingsStore,
  { base, mine, force }: Change,
): Promise<readonly SettingName[]> {
  for (let round = 1; ; round += 1) {
    await settings.load();
    const { next, conflicts } = planSave({
      base,
      fresh: settings.getState().value ?? base,
      mine,
    });
    if (conflicts.length > 0 && !force) return conflicts;
    try {
      await settings.save(next);
      return [];
    } catch (error) {
      const isOvertaken = error instanceof ChatError && error.code === 'conflict';
      if (!isOvertaken || round >= MAX_ROUNDS) throw error;
    }
  }
}

/** Saving some of the settings without taking back what a colleague saved meanwhile. */
import type { VendorSettings } from '#protocol/vendor.ts';

/** The name of a setting. */
export type SettingName = Exclude<keyof VendorSettings, 'version'>;

export interface SavePlan {
  /** What is to be stored: theirs, with mine in it, in place of their version. */
  readonly next: VendorSettings;
  /** What both changed, each to something else: mine would replace theirs. */
  readonly conflicts: readonly SettingName[];
}

interface Versions {
  /** As they were when I began. */
  readonly base: VendorSettings;
  /** As they are now. */
  readonly fresh: VendorSettings;
  /** What the form says, changed or not. */
  readonly mine: Partial<VendorSettings>;
}

/** Three versions become one: only what I changed is mine. The server replaces all of them at once. */
export function planSave({ base, fresh, mine }: Versions): SavePlan {
  const changed = changedNames(base, mine);
  const conflicts = changed.filter(
    (name) => !isSame(fresh[name], base[name]) && !isSame(fresh[name], mine[name]),
  );
  const patch = Object.fromEntries(changed.map((name) => [name, mine[name]]));
  return { next: { ...fresh, ...patch }, conflicts };
}

/** Which settings a form changes. */
export function changedNames(
  base: VendorSettings,
  mine: Partial<VendorSettings>,
): readonly SettingName[] {
  return NAMES.filter((name) => name in mine && !isSame(base[name], mine[name]));
}

const NAMES = [
  'name',
  'picture',
  'greeting',
  'hours',
  'awayMessage',
] as const satisfies SettingName[];

/** Plain data: the same text is the same thing, whatever the order of an object's fields. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, field]) => [name, sorted(field)]));
}

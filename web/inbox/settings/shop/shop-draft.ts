/** The shop's texts as they are typed: nothing typed means nothing set. */
import type { VendorSettings } from '#protocol/vendor.ts';

import type { FormShape } from '../form/use-settings-form.ts';

/** The contract's limits, so that nobody types on for nothing; the server has the last word. */
export const TEXT_LENGTHS = { name: 100, greeting: 1_000, awayMessage: 1_000 } as const;

export interface ShopDraft {
  readonly name: string;
  readonly picture: string;
  readonly greeting: string;
}

/** Name, picture and greeting. */
export const SHOP_FORM: FormShape<ShopDraft> = {
  toDraft: ({ name, picture, greeting }) => ({
    name: name ?? '',
    picture: picture ?? '',
    greeting: greeting ?? '',
  }),
  toSettings: ({ name, picture, greeting }) => ({
    name: setting(name),
    picture: setting(picture),
    greeting: setting(greeting),
  }),
  check: () => [],
};

export interface AwayDraft {
  readonly awayMessage: string;
}

/** What a closed shop answers. */
export const AWAY_FORM: FormShape<AwayDraft> = {
  toDraft: ({ awayMessage }: VendorSettings) => ({ awayMessage: awayMessage ?? '' }),
  toSettings: ({ awayMessage }) => ({ awayMessage: setting(awayMessage) }),
  check: () => [],
};

function setting(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

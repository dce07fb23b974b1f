/** The shop's texts: nothing typed means nothing set. */
import { expect, it } from 'vitest';

import { AWAY_FORM, SHOP_FORM } from '../../../../../web/inbox/settings/shop/shop-draft.ts';
import { someSettings } from '../../../../support/shop.ts';

it('sets what is typed, trimmed, and unsets what is not', () => {
  const draft = { name: ' Ceramics ', picture: '', greeting: ' \n ' };
  expect(SHOP_FORM.toSettings(draft)).toEqual({ name: 'Ceramics', picture: null, greeting: null });
  expect(AWAY_FORM.toSettings({ awayMessage: ' ' })).toEqual({ awayMessage: null });
});

it('shows what is set', () => {
  const stored = someSettings({ name: 'Ceramics', awayMessage: 'Closed' });
  expect(SHOP_FORM.toDraft(stored)).toEqual({ name: 'Ceramics', picture: '', greeting: '' });
  expect(AWAY_FORM.toDraft(stored)).toEqual({ awayMessage: 'Closed' });
});

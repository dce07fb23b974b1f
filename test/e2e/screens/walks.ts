/** Every way through the product. A screen that is on none of them is not looked at: put it on one. */
import { chatPage } from './chat-page.ts';
import { inbox } from './inbox.ts';
import { popup } from './popup.ts';
import { settings } from './settings.ts';
import { shop } from './shop.ts';
import type { Walk } from './stage.ts';
import { widget } from './widget.ts';

/** Each stands on its own. */
export const WALKS: Readonly<Record<string, Walk>> = {
  shop,
  popup,
  'customer’s page': chatPage,
  inbox,
  settings,
  widget,
};

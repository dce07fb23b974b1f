/** The stylesheet of the open chat: what the parts of it bring, in one. */
import popup from '../../popup/popup.css?inline';
import base from '../../ui/base/base.css?inline';
import conversation from '../../ui/conversation/conversation.css?inline';
import message from '../../ui/message/message.css?inline';
import tokens from '../../ui/tokens.css?inline';
import { themedCss } from '../look.ts';
import type { Theme } from '../options.ts';
import panel from './panel.css?inline';

try {
  // as a length it is reckoned where it stands; else `em` would mean another size in every element
  CSS.registerProperty({
    name: '--parley-rem',
    syntax: '<length>',
    inherits: true,
    initialValue: '16px',
  });
} catch {
  // another copy of this script was faster
}

/** It as it reads inside a shadow root, in a theme. */
export function panelCss(theme: Theme): string {
  return themedCss([tokens, base, conversation, message, popup, panel].join('\n'), theme);
}

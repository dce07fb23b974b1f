/** The two elements as JSX knows them: a React storefront that is written in TypeScript copies this file. */
import type { HTMLAttributes, Ref } from 'react';

import type { Product } from '#protocol/message.ts';

import type { ParleyButton } from './button-element.ts';
import type { ParleyChat, TokenProvider } from './chat-element.ts';
import type { WidgetEvents } from './events.ts';

type Listeners = {
  [Name in keyof WidgetEvents as `onparley:${Name}`]?: (
    event: CustomEvent<WidgetEvents[Name]>,
  ) => void;
};

interface Target {
  vendor?: string;
  vendorName?: string | null;
  product?: Product | undefined;
}

interface ChatProps extends Omit<HTMLAttributes<ParleyChat>, 'color'>, Target, Listeners {
  ref?: Ref<ParleyChat>;
  api: string;
  socket: string;
  tokenProvider: TokenProvider;
  position?: 'end' | 'start';
  offset?: number | string;
  theme?: 'light' | 'dark' | 'auto';
  accent?: string;
  locale?: string;
  greeting?: string;
  lazy?: boolean;
  launcher?: 'auto' | 'none';
}

interface ButtonProps extends HTMLAttributes<ParleyButton>, Target {
  ref?: Ref<ParleyButton>;
  /** The id of the chat that it opens. */
  for?: string;
}

declare module 'react' {
  // React reads the elements from a namespace
  // oxlint-disable-next-line typescript/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'parley-chat': ChatProps;
      'parley-button': ButtonProps;
    }
  }
}

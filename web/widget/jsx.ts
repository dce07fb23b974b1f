/** The two elements as JSX knows them: a React storefront that is written in TypeScript copies this file, which needs React's types alone. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

/** Addresses are absolute, and `price` is a decimal number as text. */
export interface Product {
  id: string;
  title: string;
  url: string;
  image?: string;
  price?: string;
  currency?: string;
}

/** `customer:42`, or `vendor:7` for everybody of its staff. */
export type Member = `customer:${string}` | `vendor:${string}`;

export interface Attachment {
  key: string;
  name: string;
  contentType: string;
  size: number;
  width?: number;
  height?: number;
}

/** As every member reads it; a deleted one has text null. Times are ISO 8601 in UTC. */
export interface Message {
  roomId: string;
  seq: number;
  id: string;
  type: 'text' | 'image' | 'file' | 'product' | 'system';
  /** `agent` is the person of the vendor's staff, null for everybody but the staff. */
  sender: { member: Member; name: string; agent: { user: string; name: string } | null } | null;
  text: string | null;
  attachments: Attachment[];
  product: Product | null;
  replyTo: number | null;
  system: { event: string; params: Record<string, unknown> } | null;
  reactions: Record<string, Member[]>;
  at: string;
  editedAt: string | null;
  deletedAt: string | null;
  version?: number | undefined;
}

export type ErrorCode =
  | 'unauthorized'
  | 'token_expired'
  | 'forbidden'
  | 'blocked'
  | 'not_found'
  | 'conflict'
  | 'behind'
  | 'invalid'
  | 'too_large'
  | 'unsupported'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

/** The events by name, each with its `detail`. */
export interface WidgetEvents {
  ready: null;
  open: null;
  close: null;
  message: { readonly message: Message; readonly isMine: boolean };
  unread: { readonly count: number };
  error: { readonly code: ErrorCode; readonly message: string };
}

export type TokenProvider = () => Promise<string>;

/** What a `ref` of `<parley-chat>` holds. */
export interface ParleyChatElement extends HTMLElement {
  tokenProvider: TokenProvider | null;
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  toggle(): void;
  showNewMessage(text: string): void;
  logout(): void;
}

type Props<Element extends HTMLElement> = DetailedHTMLProps<HTMLAttributes<Element>, Element>;

type Listeners = {
  [Name in keyof WidgetEvents as `onparley:${Name}`]?:
    | ((event: CustomEvent<WidgetEvents[Name]>) => void)
    | undefined;
};

/** Of both elements. */
interface Shared {
  vendorName?: string | null | undefined;
  product?: Product | null | undefined;
  theme?: 'light' | 'dark' | 'auto' | undefined;
  accent?: string | undefined;
  locale?: string | undefined;
}

interface ChatProps extends Props<ParleyChatElement>, Shared, Listeners {
  api: string;
  socket: string;
  vendor: string;
  tokenProvider: TokenProvider;
  position?: 'end' | 'start' | undefined;
  offset?: number | string | undefined;
  greeting?: string | undefined;
  lazy?: boolean | undefined;
  launcher?: 'auto' | 'none' | undefined;
}

interface ButtonProps extends Props<HTMLElement>, Shared {
  /** The id of the chat that it opens. */
  for?: string | undefined;
  vendor?: string | undefined;
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

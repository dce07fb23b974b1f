/** The icons of pages around a conversation, drawn like those in it. */
import { Strokes } from './Strokes.tsx';

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  inbox:
    'M4 13l2.2-7.3A1 1 0 0 1 7.2 5h9.6a1 1 0 0 1 1 .7L20 13v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 13h4.5l1.5 2.5h4l1.5-2.5H20',
  info: 'M12 11v6M12 7.5v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  muted: 'M6 16.5V11a6 6 0 0 1 9-5.2M18 11v5.5l1.5 1.5H8M10 20.5h4M4 4l16 16',
  reopen: 'M5 12a7 7 0 1 0 2.2-5.1M5 4v4.5h4.5',
  store:
    'M5 10v9h14v-9M3.5 9l1.7-4.5h13.6L20.5 9a2.8 2.8 0 0 1-5.6 0 2.9 2.9 0 0 1-5.8 0A2.8 2.8 0 0 1 3.5 9zM10 19v-5h4v5',
  unread: 'M4 6.5h10M4 11.5h16v7H4zM18.5 6.5v.01',
} as const;

/** The name of an icon. */
export type PageIconName = keyof typeof PATHS;

/** Decoration: the control around it carries the words. */
export function PageIcon({ name, size = 20 }: { name: PageIconName; size?: number }) {
  return <Strokes path={PATHS[name]} size={size} isDirectional={name === 'back'} />;
}

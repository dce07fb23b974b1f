/** The icons of a conversation, drawn as strokes of the text's colour. */
import { Strokes } from './Strokes.tsx';

const PATHS = {
  attach: 'M8.5 12.5l5.6-5.6a3 3 0 0 1 4.2 4.2l-7.4 7.4a5 5 0 0 1-7.1-7.1L11 4.2',
  camera:
    'M4 8a1 1 0 0 1 1-1h2.5l1.5-2h6l1.5 2h2.5a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-14a1 1 0 0 1-1-1zM12 9.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
  chat: 'M4 5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-9l-4 4v-4H5a1 1 0 0 1-1-1zM8 8.5h8M8 12h5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9.5l6 6 6-6',
  emoji: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.5 14a4 4 0 0 0 7 0M9 9.5v.01M15 9.5v.01',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5',
  send: 'M5 12h13M12.5 6l6 6-6 6',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** Decoration: the control around it carries the words. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return <Strokes path={PATHS[name]} size={size} isDirectional={name === 'send'} />;
}

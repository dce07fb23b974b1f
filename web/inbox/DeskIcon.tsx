/** The icons that only the inbox has, drawn like those of every app. */
import { Strokes } from '../ui/base/Strokes.tsx';

const PATHS = {
  about:
    'M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5zM14.5 4v16',
  clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  keyboard:
    'M3 7.5A1.5 1.5 0 0 1 4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5zM7 10v.01M10.3 10v.01M13.7 10v.01M17 10v.01M8 14h8',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM20 20l-4-4',
  select: 'M4 6.5l1.5 1.5L8 5.5M4 12.5L5.5 14 8 11.5M4 18.5L5.5 20 8 17.5M12 7h8M12 13h8M12 19h8',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  slash: 'M14.5 5l-5 14',
  tag: 'M4 5.5A1.5 1.5 0 0 1 5.5 4h6l8.5 8.5-7.5 7.5L4 11.5zM8.5 8.5v.01',
  up: 'M6 14.5l6-6 6 6',
} as const;

/** Decoration: the control around it carries the words. */
export function DeskIcon({ name, size = 20 }: { name: keyof typeof PATHS; size?: number }) {
  return <Strokes path={PATHS[name]} size={size} />;
}

/** The icons, drawn as strokes of the text's colour. */

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  chat: 'M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H10l-4.5 4v-4A1.5 1.5 0 0 1 4 14.5zM8 8.5h8M8 12h5',
  camera:
    'M4 8a1 1 0 0 1 1-1h2.500l1.500-2h6l1.500 2h2.500a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-14a1 1 0 0 1-1-1zM12 9.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9.5l6 6 6-6',
  attach: 'M8.5 12.5l5.6-5.6a3 3 0 0 1 4.2 4.2l-7.4 7.4a5 5 0 0 1-7.1-7.1L11 4.2',
  emoji:
    'M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM8.500 14a4 4 0 0 0 7 0M9 9.500v.01M15 9.500v.01',
  file: 'M7 3.5h7l4.5 4.5v12a1 1 0 0 1-1 1h-10.500a1 1 0 0 1-1-1v-15.500a1 1 0 0 1 1-1zM14 3.500v4.500h4.500',
  info: 'M12 11v6M12 7.5v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  inbox:
    'M4 13l2.2-7.3A1 1 0 0 1 7.2 5h9.6a1 1 0 0 1 1 .7L20 13v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 13h4.5l1.5 2.5h4l1.5-2.5H20',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4',
  muted: 'M6 16.500V11a6 6 0 0 1 9-5.200M18 11v5.500l1.500 1.500H8M10 20.500h4M4 4l16 16',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
  reopen: 'M5 12a7 7 0 1 0 2.2-5.100M5 4v4.500h4.500',
  unread: 'M4 6.500h10M4 11.500h16v7H4zM18.500 6.500v.01',
  retry: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  store:
    'M5 10v9h14v-9M3.5 9l1.7-4.5h13.6L20.5 9a2.8 2.8 0 0 1-5.6 0 2.9 2.9 0 0 1-5.8 0A2.8 2.8 0 0 1 3.5 9zM10 19v-5h4v5',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** Those that point along the line of text, and so turn around in a right-to-left page. */
const DIRECTIONAL = new Set<IconName>(['back', 'send']);

/** Decoration: the control around it carries the words. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={DIRECTIONAL.has(name) ? 'icon--directional' : undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The icons that only the inbox has, drawn like those of every app. */

const PATHS = {
  about:
    'M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.500zM14.500 4v16',
  clock: 'M12 7v5l3.500 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  keyboard:
    'M3 7.500A1.5 1.5 0 0 1 4.500 6h15A1.5 1.5 0 0 1 21 7.500v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.500zM7 10v.01M10.300 10v.01M13.700 10v.01M17 10v.01M8 14h8',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 7.500 0 0 1 15 0',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM20 20l-4-4',
  select:
    'M4 6.500l1.500 1.500L8 5.500M4 12.500L5.500 14 8 11.500M4 18.500L5.500 20 8 17.500M12 7h8M12 13h8M12 19h8',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  slash: 'M14.500 5l-5 14',
  tag: 'M4 5.500A1.5 1.5 0 0 1 5.500 4h6l8.500 8.500-7.500 7.500L4 11.500zM8.500 8.500v.01',
  up: 'M6 14.500l6-6 6 6',
} as const;

/** Decoration: the control around it carries the words. */
export function DeskIcon({ name, size = 20 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg
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

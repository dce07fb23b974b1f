/** A message's text: its lines kept, its addresses clickable, nothing of it ever markup. */
import { splitLinks } from '../text/links.ts';

/** Text only goes through React's escaping, so no message can bring HTML along. */
export function RichText({ text }: { text: string }) {
  let offset = 0;
  return splitLinks(text).map((part) => {
    const key = offset;
    offset += part.text.length;
    return part.kind === 'text' ? (
      part.text
    ) : (
      <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    );
  });
}

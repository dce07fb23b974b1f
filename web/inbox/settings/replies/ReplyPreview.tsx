/** A saved reply as a customer would read it. */
import type { SavedReplyBody } from '#protocol/vendor.ts';

import { useChat } from '../../../chat/ChatProvider.tsx';
import { useConnection } from '../../../chat/hooks.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { bodyOf } from './reply-draft.ts';

/** With a made-up customer and product; nothing while nothing is written. */
export function ReplyPreview({ draft }: { draft: SavedReplyBody }) {
  const { replies: words } = useWords(settingsWords);
  const { savedReplies } = useChat();
  const { me } = useConnection();
  const values = { ...words.example, agent: me?.person ?? undefined, shop: me?.name ?? undefined };
  const texts = savedReplies.fillIn(bodyOf(draft), values).filter((text) => text !== '');
  if (texts.length === 0) return null;
  return (
    <figure className="preview">
      <figcaption className="preview__caption">{words.preview}</figcaption>
      {texts.map((text, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- each is drawn anew as it is typed
        <p key={index} className="preview__bubble preview__bubble--own" dir="auto">
          {text}
        </p>
      ))}
    </figure>
  );
}

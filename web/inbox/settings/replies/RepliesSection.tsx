/** The saved replies of the shop: finding, adding, changing and deleting them. */
import { useEffect, useState } from 'react';

import type { Loaded, SavedReplies } from '#client/chat.ts';
import type { SavedReply } from '#protocol/vendor.ts';

import { useChat } from '../../../chat/ChatProvider.tsx';
import { useStore } from '../../../chat/hooks.ts';
import { Banner } from '../../../ui/base/Banner.tsx';
import { EmptyState } from '../../../ui/base/EmptyState.tsx';
import { Icon } from '../../../ui/base/Icon.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { FormSkeleton } from '../form/FormSkeleton.tsx';
import { isFound } from './reply-draft.ts';
import { ReplyEditor } from './ReplyEditor.tsx';
import { ReplyItem } from './ReplyItem.tsx';

/** Fewer are seen at a glance. */
const WORTH_FINDING = 6;

/** In place of the id of a reply that is to be; ids are UUIDs. */
const NEW = 'new';

/** Which reply is being written, if any. */
type Open = string | null;

export function RepliesSection() {
  const { replies: words, save } = useWords(settingsWords);
  const { savedReplies } = useChat();
  const state = useStore(savedReplies);
  const [open, setOpen] = useState<Open>(null);
  // the state carries the error
  const load = () => void savedReplies.load().catch(() => {});
  useEffect(load, [savedReplies]);
  return (
    <section className="settings__form" aria-labelledby="replies-title">
      <h2 id="replies-title">{words.title}</h2>
      <p className="settings__intro">{words.intro}</p>
      <Banner tone="error" action={{ label: save.tryAgain, onSelect: load }}>
        {state.status === 'failed' && words.loadFailed}
      </Banner>
      {open === NEW ? (
        <ReplyEditor reply={null} onDone={() => setOpen(null)} />
      ) : (
        <button type="button" className="button replies__add" onClick={() => setOpen(NEW)}>
          {words.add}
        </button>
      )}
      <ReplyList state={state} replies={savedReplies} open={open} onOpen={setOpen} />
    </section>
  );
}

interface ReplyListProps {
  state: Loaded<readonly SavedReply[]>;
  replies: SavedReplies;
  open: Open;
  onOpen: (open: Open) => void;
}

function ReplyList({ state: { value, status }, replies, open, onOpen }: ReplyListProps) {
  const { replies: words } = useWords(settingsWords);
  const [query, setQuery] = useState('');
  if (value === null) return status === 'failed' ? null : <FormSkeleton />;
  if (value.length === 0) {
    return open === NEW ? null : (
      <EmptyState
        icon={<Icon name="chat" size={26} />}
        title={words.empty}
        text={words.emptyText}
      />
    );
  }
  const found = value.filter((reply) => isFound(reply, query) || reply.replyId === open);
  return (
    <>
      {value.length > WORTH_FINDING && (
        <input
          type="search"
          className="replies__find"
          aria-label={words.find}
          placeholder={words.find}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
      )}
      {found.length === 0 && <p role="status">{words.notFound}</p>}
      <ul className="replies">
        {found.map((reply) => (
          <li key={reply.replyId}>
            {reply.replyId === open ? (
              <ReplyEditor reply={reply} onDone={() => onOpen(null)} />
            ) : (
              <ReplyItem
                reply={reply}
                onEdit={() => onOpen(reply.replyId)}
                onDelete={() => replies.remove(reply.replyId)}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

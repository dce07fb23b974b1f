/** One message: what it answers, its product and words, its reactions and time, and what one can do with it. */
import { memo, useRef, useState } from 'react';

import { Icon } from '../base/Icon.tsx';
import { later } from '../base/later.tsx';
import type { ConversationLabels } from '../conversation/labels.ts';
import { ProductCard } from '../conversation/ProductCard.tsx';
import type { MessageView } from '../conversation/rows.ts';
import type { MessageActions } from './actions.ts';
import { BubbleFoot } from './BubbleFoot.tsx';
import { Quote } from './Quote.tsx';
import { Reactions } from './Reactions.tsx';

const Attachments = later(async () => (await import('./Attachments.tsx')).Attachments);
/** Most conversations have no address in them: until its code is there, and where it does not come, it is read as it stands. */
const RichText = later<{ text: string }>(
  async () => (await import('./RichText.tsx')).RichText,
  ({ text }) => text,
);
const MessageTools = later(async () => (await import('./tools/MessageTools.tsx')).MessageTools);

interface BubbleProps {
  message: MessageView;
  first: boolean;
  last: boolean;
  /** Whether its status is said in words below: only the latest own message says it. */
  showsStatus: boolean;
  labels: ConversationLabels;
  actions: MessageActions;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
  /** Shows the message that this one answers. */
  onQuoted: (seq: number) => void;
}

/** A failed message keeps its text and offers the two ways on. Drawn again only when something of it is another. */
export const Bubble = memo(OneMessage);

function OneMessage({ message, first, labels, actions, onQuoted, ...rest }: BubbleProps) {
  const side = message.own ? 'own' : 'other';
  const isFailed = message.status === 'failed';
  return (
    <div
      className={`message message--${side}${first ? ' message--first' : ''}`}
      data-seq={message.seq ?? undefined}
    >
      <span className="sr-only">{message.own ? labels.you : message.author}</span>
      {first && message.author !== null && (
        // of the other side it is said already
        <span className="message__author" aria-hidden={!message.own} dir="auto">
          {message.author}
        </span>
      )}
      <div className="message__body">
        <div className={`bubble bubble--${side}${isFailed ? ' bubble--failed' : ''}`}>
          {message.quote !== null && (
            <Quote quote={message.quote} labels={labels} onQuoted={onQuoted} />
          )}
          {message.product !== null && (
            <ProductCard product={message.product} locale={labels.locale} />
          )}
          {message.attachments.length > 0 && (
            <Attachments
              attachments={message.attachments}
              labels={labels}
              loadFile={actions.loadFile}
            />
          )}
          <BubbleText message={message} labels={labels} />
        </div>
        <Tools message={message} labels={labels} actions={actions} />
      </div>
      {message.seq !== null && (
        <Reactions
          reactions={message.reactions}
          labels={labels}
          onReact={(emoji, on) => actions.onReact(message.seq ?? 0, emoji, on)}
        />
      )}
      <BubbleFoot message={message} labels={labels} {...rest} />
    </div>
  );
}

function BubbleText({ message, labels }: Pick<BubbleProps, 'message' | 'labels'>) {
  if (message.isDeleted) return <p className="bubble__deleted">{labels.deleted}</p>;
  if (message.text === null) return null;
  return (
    <p className="bubble__text" dir="auto">
      {message.text.includes('://') ? <RichText text={message.text} /> : message.text}
      {message.isEdited && <span className="bubble__edited"> {labels.edited}</span>}
    </p>
  );
}

/** A stored message's button, and its tools while they are open. */
function Tools({ message, labels, actions }: Pick<BubbleProps, 'message' | 'labels' | 'actions'>) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (message.seq === null || message.isDeleted) return null;
  const close = () => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="message__more"
        aria-label={labels.tools}
        title={labels.tools}
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Icon name="more" size={18} />
      </button>
      {isOpen && (
        <div className="tools-row">
          <MessageTools
            seq={message.seq}
            canChange={message.canChange}
            hasText={message.text !== null}
            labels={labels}
            actions={actions}
            onClose={close}
            onLeave={() => setOpen(false)}
          />
        </div>
      )}
    </>
  );
}

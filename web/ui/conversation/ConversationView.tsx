/** A whole conversation below its head: a bar when offline, the log, who is typing, the composer. */
import type { ReactNode, RefObject } from 'react';

import { Announcer } from '../announce/Announcer.tsx';
import { Banner } from '../base/Banner.tsx';
import { EmptyState } from '../base/EmptyState.tsx';
import { Icon } from '../base/Icon.tsx';
import { later } from '../base/later.tsx';
import type { MessageActions } from '../message/actions.ts';
import { Composer } from './composer/Composer.tsx';
import { Composing, type ComposingView } from './composer/Composing.tsx';
import type { BeforeSend, Suggest } from './composer/suggestions.ts';
import { useFileDrop } from './composer/use-file-drop.ts';
import type { ConversationLabels } from './labels.ts';
import { LogSkeleton } from './log/LogSkeleton.tsx';
import { MessageLog } from './log/MessageLog.tsx';
import type { MessageView } from './rows.ts';
import type { RefusedFileView } from './RefusedFiles.tsx';
import { TypingDots } from './TypingDots.tsx';

const RefusedFiles = later(async () => (await import('./RefusedFiles.tsx')).RefusedFiles);

/** What the conversation shows and does; `useConversation` of the chat binding fits it. */
export interface ConversationModel {
  roomId: string;
  status: 'loading' | 'ready' | 'failed';
  messages: readonly MessageView[];
  firstUnreadSeq: number | null;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  typist: string | null;
  isOffline: boolean;
  /** Null for a new message. */
  composing: ComposingView | null;
  /** What failed of late, for people; null when nothing did. */
  notice: string | null;
  /** Files of the last choice that cannot be sent. */
  refusedFiles: readonly RefusedFileView[];
  /** Sending is paced: ISO time of the next try, or null. */
  pausedUntil: string | null;
  actions: MessageActions;
  draft: string;
  /** Characters that a message may have. */
  maxLength: number;
  onCancelComposing: () => void;
  /** Changes one's own latest message. */
  onEditLast: () => void;
  onDraft: (text: string) => void;
  onSend: (text: string) => void;
  /** Absent while none can be sent. */
  onFiles: ((files: readonly File[]) => void) | undefined;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
  onReachTop: () => void;
  /** Loads upward until that message is there; rejects where it is not to be had. */
  onLoadTo: (seq: number) => Promise<void>;
  onReload: () => void;
  onAtEnd: (isAtEnd: boolean) => void;
}

interface ConversationViewProps {
  conversation: ConversationModel;
  labels: ConversationLabels;
  now: number;
  empty: { title: string; text: string };
  aboveComposer?: ReactNode;
  /** The app's own buttons beside the field. */
  composerTools?: ReactNode;
  /** What is suggested while one writes: see `composer/suggestions.ts`. Keep it the same function between renders. */
  suggest?: Suggest | undefined;
  /** Asked before a message leaves; on `hold` the text stays and the app says why. */
  beforeSend?: BeforeSend | undefined;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
}

/** Fills a column whose height is given. */
export function ConversationView({ conversation, labels, ...rest }: ConversationViewProps) {
  const { typist, draft, maxLength, composing, notice, refusedFiles } = conversation;
  const { isOver, handlers } = useFileDrop(conversation.onFiles);
  return (
    <div className={`conversation${isOver ? ' conversation--dropping' : ''}`} {...handlers}>
      <Announcer
        key={conversation.roomId}
        messages={conversation.messages}
        typist={typist}
        isReady={conversation.status === 'ready'}
        labels={labels}
      />
      <Banner>{conversation.isOffline && labels.offline}</Banner>
      <ConversationBody conversation={conversation} labels={labels} {...rest} />
      <Banner tone="error">
        {notice ??
          (refusedFiles.length > 0 && <RefusedFiles files={refusedFiles} labels={labels} />)}
      </Banner>
      <TypingDots text={typist === null ? null : labels.typing(typist)} />
      <Composer
        labels={labels}
        value={draft}
        maxLength={maxLength}
        actions={conversation.actions}
        focusOn={composing}
        pausedUntil={conversation.pausedUntil}
        tools={rest.composerTools}
        suggest={rest.suggest}
        beforeSend={rest.beforeSend}
        above={
          composing === null ? (
            rest.aboveComposer
          ) : (
            <Composing
              composing={composing}
              labels={labels}
              onCancel={conversation.onCancelComposing}
            />
          )
        }
        onEscape={composing === null ? undefined : conversation.onCancelComposing}
        onUp={conversation.onEditLast}
        onFiles={conversation.onFiles}
        onChange={conversation.onDraft}
        onSend={conversation.onSend}
        {...(rest.inputRef !== undefined && { inputRef: rest.inputRef })}
      />
    </div>
  );
}

function ConversationBody({ conversation, labels, now, empty }: ConversationViewProps) {
  const { status, messages } = conversation;
  if (status === 'loading') return <LogSkeleton label={labels.loading} />;
  if (status === 'failed') {
    return (
      <div className="log log--failed" role="alert">
        <EmptyState
          icon={<Icon name="retry" size={26} />}
          title={labels.loadFailed.title}
          text={labels.loadFailed.text}
        >
          <button type="button" className="button button--quiet" onClick={conversation.onReload}>
            {labels.retryLoad}
          </button>
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      {messages.length === 0 && (
        <div className="conversation-empty">
          <EmptyState icon={<Icon name="chat" size={26} />} {...empty} />
        </div>
      )}
      {/* each prop by itself: a draft that grows draws no message anew */}
      <MessageLog
        key={conversation.roomId}
        labels={labels}
        now={now}
        messages={messages}
        firstUnreadSeq={conversation.firstUnreadSeq}
        hasOlder={conversation.hasOlder}
        isLoadingOlder={conversation.isLoadingOlder}
        actions={conversation.actions}
        onReachTop={conversation.onReachTop}
        onLoadTo={conversation.onLoadTo}
        onAtEnd={conversation.onAtEnd}
        onRetry={conversation.onRetry}
        onDiscard={conversation.onDiscard}
      />
    </>
  );
}

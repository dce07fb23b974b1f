/** The live regions of a conversation. The log itself is silent: scrolling draws rows anew, and nobody wants history read aloud. */
import { useEffect, useRef, useState } from 'react';

import type { ConversationLabels } from '../conversation/labels.ts';
import type { MessageView } from '../conversation/rows.ts';
import { type Announcement, hear, hearFirst, type Heard } from './announcements.ts';

/** Lines that stay, so that none is taken away while it is read. */
const KEPT = 3;

interface AnnouncerProps {
  messages: readonly MessageView[];
  typist: string | null;
  /** Whether the room's messages are there: what stands then is not news. */
  isReady: boolean;
  labels: ConversationLabels;
}

interface Line {
  key: number;
  /** The message that it repeats. */
  id: string | null;
  text: string;
  isUrgent: boolean;
}

/** Mount it anew for another room (`key`), and before its messages: a region that comes with its words stays silent. */
export function Announcer({ messages, typist, isReady, labels }: AnnouncerProps) {
  const heard = useRef<Heard | null>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);
  useEffect(() => {
    if (!isReady) return;
    const before = heard.current ?? hearFirst({ messages });
    const now = hear(before, { messages, typist });
    heard.current = now.heard;
    if (now.say.length === 0) return;
    setLines((kept) => appended(kept, now.say, labels));
  }, [messages, typist, isReady, labels]);
  const gone = new Set(messages.filter(({ isDeleted }) => isDeleted).map(({ id }) => id));
  const shown = lines.filter(({ id }) => id === null || !gone.has(id));
  return (
    <div className="sr-only">
      <div aria-live="polite">{linesOf(shown, false)}</div>
      <div aria-live="assertive">{linesOf(shown, true)}</div>
    </div>
  );
}

function linesOf(lines: readonly Line[], isUrgent: boolean) {
  return lines
    .filter((line) => line.isUrgent === isUrgent)
    .map(({ key, text }) => (
      <p key={key} dir="auto">
        {text}
      </p>
    ));
}

function appended(
  kept: readonly Line[],
  say: readonly Announcement[],
  labels: ConversationLabels,
): readonly Line[] {
  const next = (kept.at(-1)?.key ?? 0) + 1;
  const added = say.map((announcement, index) => ({
    key: next + index,
    id: announcement.kind === 'message' ? announcement.id : null,
    text: textOf(announcement, labels),
    isUrgent: announcement.kind === 'failed',
  }));
  return [...kept, ...added].slice(-Math.max(KEPT, added.length));
}

function textOf(announcement: Announcement, labels: ConversationLabels): string {
  switch (announcement.kind) {
    case 'message':
      return announcement.author === null
        ? announcement.text
        : `${announcement.author}: ${announcement.text}`;
    case 'many':
      return labels.newMessages;
    case 'typing':
      return labels.typing(announcement.name);
    case 'failed':
      return announcement.reason ?? labels.notSent;
  }
}

/** What others wrote since one began to: counted before an answer leaves that does not know of it. Pure. */
import type { ChatMessage } from '#client/conversation.ts';

/** The last number that was there. */
export function lastSeqOf(messages: readonly ChatMessage[]): number {
  return messages.findLast(({ seq }) => seq !== null)?.seq ?? 0;
}

/** Messages of the customer and of colleagues behind `since`; one's own and the system's do not count. */
export function countNewer(
  messages: readonly ChatMessage[],
  { since, user }: { since: number; user: string | null },
): number {
  return messages.filter(({ seq, sender, isMine }) => {
    if (seq === null || seq <= since || sender === null) return false;
    // without a name of one's own nobody can be told apart: better no question than one at every answer
    const isColleague = user !== null && sender.agent !== null && sender.agent.user !== user;
    return !isMine || isColleague;
  }).length;
}

/** Three dots while somebody else writes, and the same in words. */

/** Takes no room of its own in the log: it appears in a line that is always there, so nothing jumps. The announcer says it, and less often. */
export function TypingDots({ text }: { text: string | null }) {
  return (
    <div className="typing">
      {text !== null && (
        <>
          <span className="typing__dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className="truncate">{text}</span>
        </>
      )}
    </div>
  );
}

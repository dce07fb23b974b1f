/** One row of the log, as one element: a day, the line before what is new, an event, or a message. */
import { Bubble } from '../../message/Bubble.tsx';
import { formatDay } from '../../text/format.ts';
import type { Row } from '../rows.ts';
import type { MessageLogProps } from './message-log.ts';

interface LogRowProps extends Pick<
  MessageLogProps,
  'labels' | 'now' | 'actions' | 'onRetry' | 'onDiscard'
> {
  row: Row;
  /** The message whose status is said in words. */
  statusId: string | null;
  onQuoted: (seq: number) => void;
}

/** Its space to the row above is inside of it: the log adds heights up. */
export function LogRow({ row, statusId, labels, now, ...rest }: LogRowProps) {
  switch (row.kind) {
    case 'day':
      return (
        <div className="log__line">
          <time dateTime={row.at}>{formatDay(row.at, { locale: labels.locale, now })}</time>
        </div>
      );
    case 'new':
      return (
        <div className="log__line">
          <span className="log__new">{labels.newMessages}</span>
        </div>
      );
    case 'note':
      return (
        <div className="log__line">
          <span className="log__note" dir="auto">
            {row.message.text}
          </span>
        </div>
      );
    case 'message':
      return (
        <Bubble
          message={row.message}
          first={row.first}
          last={row.last}
          showsStatus={row.message.id === statusId}
          labels={labels}
          actions={rest.actions}
          onRetry={rest.onRetry}
          onDiscard={rest.onDiscard}
          onQuoted={rest.onQuoted}
        />
      );
  }
}

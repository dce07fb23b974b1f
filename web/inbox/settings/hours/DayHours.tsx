/** The hours of one day: open or closed, and from when to when. */
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { FieldError } from '../form/Field.tsx';
import { errorId, fieldId } from '../form/field-ids.ts';
import { type Problem, problemAt } from '../form/problems.ts';
import { Switch } from '../form/Switch.tsx';
import { Icon } from '../../../ui/base/Icon.tsx';
import { type DayDraft, FIRST_SPAN, MAX_SPANS, nextSpan, type Span } from './hours-draft.ts';

interface DayHoursProps {
  /** As the server names the list of its spans. */
  path: string;
  name: string;
  spans: DayDraft;
  problems: readonly Problem[];
  onChange: (spans: DayDraft) => void;
}

export function DayHours({ path, name, spans, problems, onChange }: DayHoursProps) {
  const { hours: words } = useWords(settingsWords);
  const isOpen = spans.length > 0;
  return (
    <fieldset className="day">
      <legend className="sr-only">{name}</legend>
      <Switch
        id={fieldId(path)}
        label={name}
        isOn={isOpen}
        onChange={(isNowOpen) => onChange(isNowOpen ? [FIRST_SPAN] : [])}
      />
      {isOpen ? (
        <div className="day__spans">
          {spans.map((span, index) => (
            <SpanFields
              // spans have no name of their own, and are only taken away by their place
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              path={`${path}.${index}`}
              span={span}
              problems={problems}
              onChange={(next) => onChange(spans.with(index, next))}
              onRemove={() => onChange(spans.toSpliced(index, 1))}
            />
          ))}
          <FieldError path={path} problems={problems} />
          {spans.length < MAX_SPANS && (
            <button
              type="button"
              className="link-button"
              onClick={() => onChange([...spans, nextSpan(spans)])}
            >
              {words.addSpan}
            </button>
          )}
        </div>
      ) : (
        <p className="day__closed">{words.closed}</p>
      )}
    </fieldset>
  );
}

interface SpanFieldsProps {
  path: string;
  span: Span;
  problems: readonly Problem[];
  onChange: (span: Span) => void;
  onRemove: () => void;
}

function SpanFields({ path, span, problems, onChange, onRemove }: SpanFieldsProps) {
  const { hours: words } = useWords(settingsWords);
  const field = (part: keyof Span) => {
    const isWrong = problemAt(problems, `${path}.${part}`) !== undefined;
    return (
      <input
        type="time"
        id={fieldId(`${path}.${part}`)}
        aria-label={words[part]}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? errorId(`${path}.${part}`) : undefined}
        value={span[part]}
        onChange={({ target }) => onChange({ ...span, [part]: target.value })}
      />
    );
  };
  return (
    <div className="span">
      <div className="span__fields">
        {field('from')}
        <span aria-hidden="true">–</span>
        {field('to')}
        <button
          type="button"
          className="icon-button icon-button--small"
          aria-label={words.removeSpan}
          title={words.removeSpan}
          onClick={onRemove}
        >
          <Icon name="close" size={16} />
        </button>
      </div>
      <FieldError path={path} problems={problems} />
      <FieldError path={`${path}.from`} problems={problems} />
      <FieldError path={`${path}.to`} problems={problems} />
    </div>
  );
}

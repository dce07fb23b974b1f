/** Days that differ from their week: holidays, and days with hours of their own. */
import { Icon } from '../../../ui/base/Icon.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Field } from '../form/Field.tsx';
import type { Problem } from '../form/problems.ts';
import { DayHours } from './DayHours.tsx';
import { type HolidayDraft, MAX_HOLIDAYS, nextHoliday } from './hours-draft.ts';

interface HolidaysProps {
  holidays: readonly HolidayDraft[];
  problems: readonly Problem[];
  onChange: (holidays: readonly HolidayDraft[]) => void;
}

export function Holidays({ holidays, problems, onChange }: HolidaysProps) {
  const { hours: words } = useWords(settingsWords);
  return (
    <section className="holidays" aria-labelledby="holidays-title">
      <h3 id="holidays-title">{words.holidays}</h3>
      <p className="settings__hint">{words.holidaysHint}</p>
      <ul>
        {holidays.map((holiday, index) => (
          // a date may be typed twice on the way
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="holiday">
            <HolidayFields
              path={`hours.holidays.${index}`}
              holiday={holiday}
              problems={problems}
              onChange={(next) => onChange(holidays.with(index, next))}
            />
            <button
              type="button"
              className="icon-button icon-button--small"
              aria-label={words.removeHoliday}
              title={words.removeHoliday}
              onClick={() => onChange(holidays.toSpliced(index, 1))}
            >
              <Icon name="close" size={16} />
            </button>
          </li>
        ))}
      </ul>
      {holidays.length < MAX_HOLIDAYS && (
        <button
          type="button"
          className="button button--quiet button--small"
          onClick={() => onChange([...holidays, nextHoliday(holidays)])}
        >
          {words.addHoliday}
        </button>
      )}
    </section>
  );
}

interface HolidayFieldsProps {
  path: string;
  holiday: HolidayDraft;
  problems: readonly Problem[];
  onChange: (holiday: HolidayDraft) => void;
}

function HolidayFields({ path, holiday, problems, onChange }: HolidayFieldsProps) {
  const { hours: words } = useWords(settingsWords);
  return (
    <div className="holiday__fields">
      <Field path={`${path}.date`} label={words.date} problems={problems}>
        {(control) => (
          <input
            {...control}
            type="date"
            value={holiday.date}
            onChange={({ target }) => onChange({ ...holiday, date: target.value })}
          />
        )}
      </Field>
      <DayHours
        path={`${path}.hours`}
        name={words.open}
        spans={holiday.spans}
        problems={problems}
        onChange={(spans) => onChange({ ...holiday, spans })}
      />
    </div>
  );
}

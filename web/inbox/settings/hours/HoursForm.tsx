/** When the shop is open: a week, a time zone, and the days that differ. */
import type { SettingsStore } from '#client/chat.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx';
import { type SettingsForm, useSettingsForm } from '../form/use-settings-form.ts';
import { weekdayName } from './dates.ts';
import { DayHours } from './DayHours.tsx';
import { Holidays } from './Holidays.tsx';
import { type Day, DAYS, HOURS_FORM, type HoursDraft } from './hours-draft.ts';
import { TimeZoneField } from './TimeZoneField.tsx';

interface SectionProps {
  settings: SettingsStore;
  stored: VendorSettings;
}

export function HoursForm({ settings, stored }: SectionProps) {
  const form = useSettingsForm(settings, stored, HOURS_FORM);
  const { hours: words } = useWords(settingsWords);
  const { draft, edit, problems } = form;
  return (
    <SettingsFormFrame form={form} title={words.title} intro={words.intro}>
      <fieldset className="choices">
        <legend className="sr-only">{words.title}</legend>
        {[false, true].map((hasHours) => (
          <label className="choice" key={String(hasHours)}>
            <input
              type="radio"
              name="has-hours"
              checked={draft.hasHours === hasHours}
              onChange={() => edit((before) => ({ ...before, hasHours }))}
            />
            <span>
              {hasHours ? words.some : words.none}
              <span className="choice__hint">{hasHours ? words.someHint : words.noneHint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {draft.hasHours && (
        <>
          <TimeZoneField
            value={draft.timeZone}
            problems={problems}
            onChange={(timeZone) => edit((before) => ({ ...before, timeZone }))}
          />
          <Week form={form} />
          <Holidays
            holidays={draft.holidays}
            problems={problems}
            onChange={(holidays) => edit((before) => ({ ...before, holidays }))}
          />
        </>
      )}
    </SettingsFormFrame>
  );
}

function Week({ form: { draft, edit, problems } }: { form: SettingsForm<HoursDraft> }) {
  const { hours: words, locale } = useWords(settingsWords);
  const setDay = (day: Day, spans: HoursDraft['week'][Day]) =>
    edit((before) => ({ ...before, week: { ...before.week, [day]: spans } }));
  const copyFirst = () =>
    edit((before) => {
      const { mon, sat, sun } = before.week;
      return { ...before, week: { mon, tue: mon, wed: mon, thu: mon, fri: mon, sat, sun } };
    });
  return (
    <section className="week" aria-label={words.week}>
      {DAYS.map((day, index) => (
        <DayHours
          key={day}
          path={`hours.week.${day}`}
          name={weekdayName(index, locale)}
          spans={draft.week[day]}
          problems={problems}
          onChange={(spans) => setDay(day, spans)}
        />
      ))}
      <button type="button" className="button button--quiet button--small" onClick={copyFirst}>
        {words.copy(weekdayName(0, locale), weekdayName(4, locale))}
      </button>
    </section>
  );
}

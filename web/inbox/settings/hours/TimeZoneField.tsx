/** The time zone of the shop's clocks. */
import { useMemo } from 'react';

import { useNow } from '../../../ui/use-now.ts';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Field } from '../form/Field.tsx';
import type { Problem } from '../form/problems.ts';
import { timeIn, timeZonesByArea } from './dates.ts';

interface TimeZoneFieldProps {
  value: string;
  problems: readonly Problem[];
  onChange: (timeZone: string) => void;
}

/** A native select: typing finds a city, on every device. */
export function TimeZoneField({ value, problems, onChange }: TimeZoneFieldProps) {
  const { hours: words, locale } = useWords(settingsWords);
  const areas = useMemo(() => timeZonesByArea(value), [value]);
  const time = timeIn(value, { locale, now: useNow() });
  const hint = time === null ? undefined : words.timeThere(time);
  return (
    <Field path="hours.timeZone" label={words.timeZone} hint={hint} problems={problems}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          {[...areas].map(([area, zones]) => (
            <optgroup key={area} label={area}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {nameOf(zone)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The place alone: its area stands above it. */
function nameOf(zone: string): string {
  const [, ...place] = zone.split('/');
  return (place.length === 0 ? zone : place.join(', ')).replaceAll('_', ' ');
}

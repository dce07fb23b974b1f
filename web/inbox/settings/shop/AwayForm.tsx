/** What customers get as an answer while the shop is closed. */
import type { SettingsStore } from '#client/chat.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import { Link } from '../../../ui/navigation.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Field } from '../form/Field.tsx';
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx';
import { useSettingsForm } from '../form/use-settings-form.ts';
import { sectionPath } from '../sections.ts';
import { AWAY_FORM, TEXT_LENGTHS } from './shop-draft.ts';

interface SectionProps {
  settings: SettingsStore;
  stored: VendorSettings;
}

export function AwayForm({ settings, stored }: SectionProps) {
  const form = useSettingsForm(settings, stored, AWAY_FORM);
  const { away: words } = useWords(settingsWords);
  const { draft, edit, problems } = form;
  return (
    <SettingsFormFrame form={form} title={words.title} intro={words.intro}>
      {stored.hours === null && (
        <p className="note-box">
          {words.needsHours} <Link href={sectionPath('hours')}>{words.toHours}</Link>
        </p>
      )}
      <Field path="awayMessage" label={words.text} hint={words.textHint} problems={problems}>
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            rows={4}
            maxLength={TEXT_LENGTHS.awayMessage}
            value={draft.awayMessage}
            onChange={({ target }) => edit(() => ({ awayMessage: target.value }))}
          />
        )}
      </Field>
    </SettingsFormFrame>
  );
}

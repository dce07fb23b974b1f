/** What everybody sees of the shop: its name, its picture, its greeting. */
import type { SettingsStore } from '#client/chat.ts';
import type { VendorSettings } from '#protocol/vendor.ts';

import { useConnection } from '../../../chat/hooks.ts';
import { Avatar } from '../../../ui/base/Avatar.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { Field } from '../form/Field.tsx';
import { SettingsFormFrame } from '../form/SettingsFormFrame.tsx';
import { useSettingsForm } from '../form/use-settings-form.ts';
import { TEXT_LENGTHS, SHOP_FORM } from './shop-draft.ts';

interface SectionProps {
  settings: SettingsStore;
  stored: VendorSettings;
}

export function ShopForm({ settings, stored }: SectionProps) {
  const form = useSettingsForm(settings, stored, SHOP_FORM);
  const { shop: words } = useWords(settingsWords);
  const { draft, edit, problems } = form;
  const { me } = useConnection();
  const name = draft.name.trim() === '' ? (me?.name ?? '') : draft.name.trim();
  return (
    <SettingsFormFrame form={form} title={words.title} intro={words.intro}>
      <Field path="name" label={words.name} hint={words.nameHint} problems={problems}>
        {(control) => (
          <input
            {...control}
            type="text"
            dir="auto"
            autoComplete="organization"
            maxLength={TEXT_LENGTHS.name}
            value={draft.name}
            onChange={({ target }) => edit((before) => ({ ...before, name: target.value }))}
          />
        )}
      </Field>
      <Field path="picture" label={words.picture} hint={words.pictureHint} problems={problems}>
        {(control) => (
          <input
            {...control}
            type="url"
            dir="ltr"
            inputMode="url"
            placeholder="https://"
            value={draft.picture}
            onChange={({ target }) => edit((before) => ({ ...before, picture: target.value }))}
          />
        )}
      </Field>
      <Field path="greeting" label={words.greeting} hint={words.greetingHint} problems={problems}>
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            rows={3}
            maxLength={TEXT_LENGTHS.greeting}
            value={draft.greeting}
            onChange={({ target }) => edit((before) => ({ ...before, greeting: target.value }))}
          />
        )}
      </Field>
      <figure className="preview">
        <figcaption className="preview__caption">{words.preview}</figcaption>
        <div className="preview__head">
          <Avatar
            key={draft.picture}
            name={name === '' ? '?' : name}
            picture={pictureOf(draft.picture)}
          />
          <strong className="truncate" dir="auto">
            {name === '' ? words.nameless : name}
          </strong>
        </div>
        {draft.greeting.trim() !== '' && (
          <p className="preview__bubble" dir="auto">
            {draft.greeting.trim()}
          </p>
        )}
      </figure>
    </SettingsFormFrame>
  );
}

/** Half an address is no picture to ask for yet. */
function pictureOf(address: string): string | undefined {
  const trimmed = address.trim();
  return /^https:\/\/[^/]+\/./u.test(trimmed) && URL.canParse(trimmed) ? trimmed : undefined;
}

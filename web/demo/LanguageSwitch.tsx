/** Lets a reader choose the language of the page, each under its own name. */
import { PersonaSwitch } from '../ui/base/PersonaSwitch.tsx';
import { useLanguage } from '../words/chosen-language.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../words/language.ts';

const OPTIONS = LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }));

/** Everything that is on the page turns at once; nothing is loaded anew but words. */
export function LanguageSwitch({ label }: { label: string }) {
  const [language, choose] = useLanguage();
  return (
    <PersonaSwitch
      label={label}
      current={language}
      options={OPTIONS}
      onSelect={(id) => {
        const chosen = LANGUAGES.find((known) => known === id);
        if (chosen === undefined) return;
        forgetAddress();
        choose(chosen);
      }}
    />
  );
}

/** `?lang=` is for links, and wins: after a choice a reload would bring the former language back. */
function forgetAddress(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('lang')) return;
  url.searchParams.delete('lang');
  history.replaceState(history.state, '', url);
}

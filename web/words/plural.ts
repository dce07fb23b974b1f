/** Counted things in words: the right form for each number, by the language's own rules. */
import { formattersOf } from '../ui/text/formatters.ts';
import type { Language } from './language.ts';

type Category = Intl.LDMLPluralRule;
type OneAndOther = Record<'one' | 'other', string>;

/** The forms that whole numbers have in a language. */
interface Forms {
  en: OneAndOther;
  ka: OneAndOther;
  de: OneAndOther;
  ar: Record<Category, string>;
}

/** What stays the same however many there are. */
type Invariable = { other: string } & { [Form in Exclude<Category, 'other'>]?: never };

/** Every form of a language, or `other` alone where they do not differ; `#` stands for the number. */
export type PluralForms<Spoken extends Language> = Invariable | Forms[Spoken];

/** Counts in a language. */
export function pluralOf<Spoken extends Language>(
  language: Spoken,
): (count: number, forms: PluralForms<Spoken>) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => {
    const known: Partial<Record<Category, string>> & { other: string } = forms;
    const form = known[rules.select(count)] ?? known.other;
    return form.replace('#', formattersOf(language).number().format(count));
  };
}

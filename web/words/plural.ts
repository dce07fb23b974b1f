/** Counted things in words: the right form for each number, by the language's own rules. */

/** The forms that a language has; `#` stands for the number. Every language has `other`. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Counts in a language. */
export function pluralOf(locale: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => {
    const form = forms[rules.select(count)] ?? forms.other;
    return form.replace('#', numbers.format(count));
  };
}

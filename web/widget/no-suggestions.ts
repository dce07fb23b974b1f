/** What stands in for the list over the composer in the widget's build: nobody suggests anything to a customer. */
import type * as list from '../ui/conversation/composer/SuggestionList.tsx';
import type * as suggestions from '../ui/conversation/composer/use-suggestions.ts';

const NONE = { open: null, onKeyDown: () => false };

export const useSuggestions: typeof suggestions.useSuggestions = () => NONE;

export const comboboxOf: typeof suggestions.comboboxOf = () => ({});

export const SuggestionList: typeof list.SuggestionList = () => null;

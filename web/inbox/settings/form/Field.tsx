/** One field of a form: its label, its hint, and what is wrong with it. */
import type { ComponentProps, ReactNode } from 'react';

import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { errorId, fieldId } from './field-ids.ts';
import { type Problem, problemAt, wordsOfProblem } from './problems.ts';

interface FieldProps {
  path: string;
  label: string;
  hint?: string | undefined;
  problems: readonly Problem[];
  /** The control, given what ties it to its words. */
  children: (control: ControlProps) => ReactNode;
}

/** What every control needs to be found and described. */
type ControlProps = Pick<ComponentProps<'input'>, 'id' | 'aria-describedby' | 'aria-invalid'>;

/** A label above its control. */
export function Field({ path, label, hint, problems, children }: FieldProps) {
  const id = fieldId(path);
  const isWrong = problemAt(problems, path) !== undefined;
  const hintId = `${id}.hint`;
  const describedBy = [isWrong && errorId(path), hint !== undefined && hintId].filter(Boolean);
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        ...(isWrong && { 'aria-invalid': true }),
        ...(describedBy.length > 0 && { 'aria-describedby': describedBy.join(' ') }),
      })}
      <FieldError path={path} problems={problems} />
      {hint !== undefined && (
        <p className="field__hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Why what stands at a path does not fit, or nothing. */
export function FieldError({ path, problems }: Pick<FieldProps, 'path' | 'problems'>) {
  const { problem: words } = useWords(settingsWords);
  const problem = problemAt(problems, path);
  if (problem === undefined) return null;
  return (
    <p className="field__error" id={errorId(path)}>
      {wordsOfProblem(problem, words)}
    </p>
  );
}

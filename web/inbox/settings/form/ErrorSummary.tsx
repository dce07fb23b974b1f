/** Everything that is wrong with a form in one place, each leading to its field. */
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { focusField } from './field-ids.ts';
import { type Problem, wordsOfProblem } from './problems.ts';

/** Above a form; takes no room while nothing is wrong. */
export function ErrorSummary({ problems }: { problems: readonly Problem[] }) {
  const words = useWords(settingsWords);
  return (
    <div role="alert">
      {problems.length > 0 && (
        <div className="error-summary">
          <p className="error-summary__title">{words.problem.title(problems.length)}</p>
          <ul>
            {problems.map((problem) => (
              <li key={problem.path}>
                <button
                  type="button"
                  className="link-button"
                  onClick={() => focusField(problem.path)}
                >
                  {words.problem.at(problem.path)}
                </button>{' '}
                {wordsOfProblem(problem, words.problem)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

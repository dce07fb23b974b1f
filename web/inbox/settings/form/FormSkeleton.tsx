/** The place of a form that is on its way. */
import { Skeleton } from '../../../ui/base/Skeleton.tsx';
import { useWords } from '../../../words/area.tsx';
import { settingsWords } from '../../../words/settings.ts';

export function FormSkeleton() {
  const { loading } = useWords(settingsWords);
  return (
    <div className="form-skeleton" role="status">
      <span className="sr-only">{loading}</span>
      {[1, 2, 3].map((place) => (
        <Skeleton key={place} width="100%" height="44px" />
      ))}
    </div>
  );
}

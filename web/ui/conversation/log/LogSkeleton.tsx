/** The log's shape while its first page is on the way. */
import { Skeleton } from '../../base/Skeleton.tsx';

const BUBBLES = [
  { side: 'other', width: '62%' },
  { side: 'other', width: '40%' },
  { side: 'own', width: '52%' },
  { side: 'other', width: '70%' },
  { side: 'own', width: '34%' },
];

/** Says what is on its way. */
export function LogSkeleton({ label }: { label: string }) {
  return (
    <div className="log log--skeleton" role="status" aria-label={label}>
      {BUBBLES.map(({ side, width }) => (
        <div key={width} className={`message message--${side} message--first`}>
          <Skeleton width={width} height="42px" />
        </div>
      ))}
    </div>
  );
}

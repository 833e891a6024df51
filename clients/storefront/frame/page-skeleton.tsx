import type { ReactNode } from 'react';
import { Bone, Loading } from '../../shared/states.tsx';

/** While a page's own code is on its way. */
export function PageSkeleton(): ReactNode {
  return (
    <div className="page">
      <Loading>
        <div className="stack loose">
          <Bone height={40} width="40%" />
          <CardsSkeleton count={8} />
        </div>
      </Loading>
    </div>
  );
}

/** A grid of cards before their names are known; the same shape, so that nothing moves. */
export function CardsSkeleton({ count }: { count: number }): ReactNode {
  return (
    <div className="cards">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="card">
          <Bone height="auto" radius={20} style={{ aspectRatio: '1' }} />
          <Bone height={20} width="80%" />
          <Bone height={20} width="40%" />
        </div>
      ))}
    </div>
  );
}

/** Skeletons of the shape of what comes. */
import type { ReactNode } from 'react';
import { Bone, Loading } from '../../shared/states.tsx';

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export function TableBones({ rows = 10, columns = 5 }: { rows?: number; columns?: number }): ReactNode {
  return (
    <Loading>
      <div className="panel flush">
        {times(rows).map((row) => (
          <div className="bone-row" key={row}>
            {times(columns).map((column) => <Bone key={column} height={14} width={`${[70, 90, 55, 40, 60][(row + column) % 5]}%`} />)}
          </div>
        ))}
      </div>
    </Loading>
  );
}

export function PanelBones({ heights }: { heights: readonly number[] }): ReactNode {
  return (
    <Loading>
      <div className="stack">{heights.map((height, index) => <Bone key={index} height={height} radius={12} />)}</div>
    </Loading>
  );
}

export function PageBones(): ReactNode {
  return (
    <>
      <div className="page-head"><Bone height={28} width={180} /></div>
      <TableBones />
    </>
  );
}

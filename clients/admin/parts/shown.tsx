/** One question's answer with all its states: skeleton, failure with a retry, part of it, the whole. */
import type { ReactNode } from 'react';
import type { Data } from '../../shared/graphql.ts';
import { Failed, Partial } from '../../shared/states.tsx';

interface ShownParts<Result, Part> {
  of: Data<Result>;
  /** The part that makes the page; null when its room did not answer. */
  part(data: Result): Part | null | undefined;
  bones: ReactNode;
  /** When the answer came and there is nothing of this kind. */
  missing?: ReactNode;
  children(part: Part, data: Result): ReactNode;
}

export function Shown<Result, Part>({ of, part, bones, missing = null, children }: ShownParts<Result, Part>): ReactNode {
  if (of.loading) return bones;
  const found = of.data === undefined ? null : part(of.data);
  if (found === null || found === undefined) {
    const isMissing = of.problem === null || (missing !== null && of.problem.code === 'NOT_FOUND');
    return isMissing ? missing : <Failed problem={of.problem!} retry={of.retry} />;
  }
  return (
    <>
      {of.problem && <Partial problem={of.problem} retry={of.retry} />}
      {children(found, of.data!)}
    </>
  );
}

/** A label, its control, a hint and what is wrong, tied together for everybody. */
import { useId, type ReactNode } from 'react';

interface Control { id: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: boolean | undefined }

export function Field({ label, hint, problem, children }: { label: ReactNode; hint?: ReactNode; problem?: string | null; children(control: Control): ReactNode }): ReactNode {
  const id = useId();
  // What is wrong says what is right, too: the hint would only repeat it.
  const described = problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': problem ? true : undefined })}
      {hint && !problem && <span className="hint" id={`${id}-hint`}>{hint}</span>}
      {problem && <span className="problem" id={`${id}-problem`}>{problem}</span>}
    </div>
  );
}

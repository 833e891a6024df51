/** A label, its control, a hint and what is wrong, tied together for everybody. */
import { useId, type ReactNode } from 'react';

interface Control { id: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: boolean | undefined }

export function Field({ label, hint, problem, children }: { label: ReactNode; hint?: ReactNode; problem?: string | null; children(control: Control): ReactNode }): ReactNode {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': problem ? true : undefined })}
      {hint && <span className="hint" id={`${id}-hint`}>{hint}</span>}
      {problem && <span className="problem" id={`${id}-problem`}>{problem}</span>}
    </div>
  );
}

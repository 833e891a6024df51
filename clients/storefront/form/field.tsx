/** A field with its name above, its hint and its problem below, all tied together for those who do not see them. */
import { useId, type ReactNode } from 'react';

export interface FieldParts {
  id: string;
  'aria-invalid': boolean | undefined;
  'aria-describedby': string | undefined;
}

export function Field({ label, hint, problem, className, children }: {
  label: string;
  hint?: string;
  problem?: string | false | null;
  className?: string;
  children: (parts: FieldParts) => ReactNode;
}): ReactNode {
  const id = useId();
  const described = [problem ? `${id}-problem` : null, hint ? `${id}-hint` : null].filter(Boolean).join(' ');
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': described || undefined })}
      {problem && <span id={`${id}-problem`} className="problem">{problem}</span>}
      {hint && <span id={`${id}-hint`} className="hint">{hint}</span>}
    </div>
  );
}

/** What is wrong with a file, said so that a person finds the place. */

export interface RowFault {
  /** Counted from 1, the header is line 1; where the row begins. */
  line: number;
  /** The header's name as it stands in the file; null when the whole row is meant. */
  column: string | null;
  message: string;
}

/** The file as a whole cannot be imported: no header, unreadable, too large. */
export class FileFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'FileFault';
  }
}

export const faultText = ({ line, column, message }: RowFault): string => `line ${line}${column ? `, ${column}` : ''}: ${message}`;

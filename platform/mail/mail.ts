/** Outgoing e-mail. At least once: the caller sends it from a handled message, never before the pivot of a saga. */
export interface Mail {
  send(letter: Letter): Promise<void>;
  close(): Promise<void>;
}

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Stable across repeats, so that a receiver can drop the second copy (Message-ID). */
  id: string;
}

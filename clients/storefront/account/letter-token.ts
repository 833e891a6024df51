import { useState } from 'react';
import { useLocation } from 'react-router';

/** The token of a letter's link, `?token=` or `#token=`; read once, so that it may be taken out of the address. */
export function useLetterToken(): string | null {
  const { search, hash } = useLocation();
  const [token] = useState(() => new URLSearchParams(search).get('token') ?? new URLSearchParams(hash.slice(1)).get('token'));
  return token;
}

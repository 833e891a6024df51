/** Headers of everything the clients are served with. */
import { createHash } from 'node:crypto';
import { EARLY_SCRIPT } from '../shared/appearance.ts';

const earlyHash = createHash('sha256').update(EARLY_SCRIPT).digest('base64');

/**
 * Scripts only from here, and the one in the head by its hash. Styles may be inline: the component library writes its
 * colours so, and styles cannot run. `dev` opens what Vite's hot reload needs.
 */
export function securityHeaders(publicUrl: string, dev: boolean): Record<string, string> {
  const scripts = dev ? "'self' 'unsafe-inline' http:" : `'self' 'sha256-${earlyHash}'`;
  const policy = [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${dev ? ' ws: http:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

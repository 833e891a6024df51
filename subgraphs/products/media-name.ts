/** Names of media files: what may stand after `/media/`, and as what it is served. */

/** Content types by extension; nothing else is served. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif', avif: 'image/avif',
};
const MEDIA_URL_MAX = 255;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

export const isMediaUrl = (url: string): boolean => url.length <= MEDIA_URL_MAX && mediaName(url) !== null;

/** The file's path below the media folder, or null for an address that names none: no dot files, no `..`, known types only. */
export function mediaName(pathname: string): { path: string; type: string } | null {
  if (!pathname.startsWith('/media/')) return null;
  const segments = pathname.slice('/media/'.length).split('/');
  if (!segments.every((segment) => SEGMENT.test(segment))) return null;
  const extension = segments.at(-1)!.split('.').at(-1)!.toLowerCase();
  const type = Object.hasOwn(MEDIA_TYPES, extension) ? MEDIA_TYPES[extension] : undefined;
  return type ? { path: segments.join('/'), type } : null;
}

/** A small picture beside a name; the name says it, so the picture is for the eyes alone. */
import { IconPhoto } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export function Picture({ image, size = 36 }: { image: { url: string } | null | undefined; size?: number }): ReactNode {
  return (
    <span className="picture" style={{ width: size, height: size }} aria-hidden="true">
      {image ? <img src={image.url} alt="" width={size} height={size} loading="lazy" decoding="async" /> : <IconPhoto size={size / 2} stroke={1.4} />}
    </span>
  );
}

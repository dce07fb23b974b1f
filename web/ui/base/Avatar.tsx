/** A person or shop as a picture, or as initials on a colour of their own. */
import type { CSSProperties } from 'react';

import { hueOf, initialsOf } from '../text/names.ts';

interface AvatarProps {
  name: string;
  picture?: string | undefined;
  /** Pixels across. */
  size?: number;
  /** Shows the online dot; its meaning stands in words beside the avatar. */
  online?: boolean;
}

/** Decoration only: the name must stand beside it as text. */
export function Avatar({ name, picture, size = 40, online = false }: AvatarProps) {
  const style: CSSProperties & Record<`--${string}`, string | number> = {
    '--avatar-size': `${size}px`,
    '--avatar-hue': hueOf(name),
  };
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {picture === undefined ? (
        initialsOf(name)
      ) : (
        <img src={picture} alt="" width={size} height={size} />
      )}
      {online && <span className="avatar__dot" />}
    </span>
  );
}

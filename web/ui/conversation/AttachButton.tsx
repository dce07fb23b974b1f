/** The paper clip of the composer; on a phone it offers the camera too. */
import { Icon } from '../base/Icon.tsx';

interface AttachButtonProps {
  label: string;
  onFiles: (files: readonly File[]) => void;
}

/** A label around the browser's own field, which so keeps its keyboard and its words. */
export function AttachButton({ label, onFiles }: AttachButtonProps) {
  return (
    <label className="composer__attach" title={label}>
      <input
        className="sr-only"
        type="file"
        multiple
        aria-label={label}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // the same file may be chosen again
          currentTarget.value = '';
        }}
      />
      <Icon name="attach" size={22} />
    </label>
  );
}

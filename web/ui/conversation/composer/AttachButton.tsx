/** The paper clip of the composer, and on a phone the camera beside it while nothing is written. */
import { Icon, type IconName } from '../../base/Icon.tsx';
import type { ConversationLabels } from '../labels.ts';

interface AttachButtonProps {
  labels: Pick<ConversationLabels, 'attach' | 'takePhoto'>;
  /** Whether nothing is written: then there is room for the camera. */
  isEmpty: boolean;
  /** Undefined while none can be sent: its place is kept, so that nothing beside it moves. */
  onFiles: ((files: readonly File[]) => void) | undefined;
}

/** Labels around the browser's own fields, which so keep their keyboard and their words. */
export function AttachButton({ labels, isEmpty, onFiles }: AttachButtonProps) {
  return (
    <>
      <FileField icon="attach" label={labels.attach} onFiles={onFiles} />
      {isEmpty && <FileField icon="camera" label={labels.takePhoto} onFiles={onFiles} isCamera />}
    </>
  );
}

interface FileFieldProps {
  icon: IconName;
  label: string;
  onFiles: AttachButtonProps['onFiles'];
  /** Where there is one: only a phone shows it. */
  isCamera?: boolean;
}

function FileField({ icon, label, onFiles, isCamera = false }: FileFieldProps) {
  return (
    <label
      className={`composer__attach${isCamera ? ' composer__attach--camera' : ''}`}
      title={label}
    >
      {onFiles !== undefined && (
        <input
          className="sr-only"
          type="file"
          multiple={!isCamera}
          {...(isCamera && { accept: 'image/*', capture: 'environment' })}
          aria-label={label}
          onChange={({ currentTarget }) => {
            onFiles([...(currentTarget.files ?? [])]);
            // the same file may be chosen again
            currentTarget.value = '';
          }}
        />
      )}
      <Icon name={icon} size={22} />
    </label>
  );
}

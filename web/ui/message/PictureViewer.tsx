/** One picture over everything else. */
import { useEffect, useRef } from 'react';

import { Icon } from '../base/Icon.tsx';
import type { ConversationLabels } from '../conversation/labels.ts';

interface PictureViewerProps {
  url: string;
  name: string;
  labels: ConversationLabels;
  onClose: () => void;
}

/** A modal dialog of the browser's own: Escape closes it, and the focus goes back by itself. */
export function PictureViewer({ url, name, labels, onClose }: PictureViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={name}
      onClose={onClose}
      onKeyDown={(event) => {
        // the chat below it stays open
        if (event.key === 'Escape') event.stopPropagation();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <img src={url} alt={name} />
      <button
        type="button"
        className="icon-button viewer__close"
        aria-label={labels.close}
        onClick={() => dialog.current?.close()}
      >
        <Icon name="close" />
      </button>
    </dialog>
  );
}

/** The pictures and files of a message: pictures in boxes that keep their place, files by name and size. */
import { useEffect, useRef, useState } from 'react';

import { Strokes } from '../base/Strokes.tsx';
import { later } from '../base/later.tsx';
import { useSheet } from '../base/use-sheet.ts';
import type { ConversationLabels } from '../conversation/labels.ts';
import { formatBytes } from '../text/format-bytes.ts';
import type { AttachmentView } from './actions.ts';
import css from './attachments.css?inline';

const PictureViewer = later(async () => (await import('./viewer/PictureViewer.tsx')).PictureViewer);

interface AttachmentsProps {
  attachments: readonly AttachmentView[];
  labels: ConversationLabels;
  /** A short-lived address. */
  loadFile: (key: string) => Promise<string>;
}

/** Of a message that has some. */
export function Attachments({ attachments, ...rest }: AttachmentsProps) {
  const box = useRef<HTMLDivElement>(null);
  useSheet(box, css);
  const [opened, setOpened] = useState<number | null>(null);
  const pictures = attachments.filter(isPicture);
  return (
    <div className="attachments" ref={box}>
      {attachments.map((attachment, index) =>
        isPicture(attachment) ? (
          <Picture
            key={`${attachment.key}-${index}`}
            attachment={attachment}
            onOpen={() => setOpened(pictures.indexOf(attachment))}
            {...rest}
          />
        ) : (
          <FileLink key={`${attachment.key}-${index}`} attachment={attachment} {...rest} />
        ),
      )}
      {opened !== null && (
        <PictureViewer
          pictures={pictures}
          first={opened}
          onClose={() => setOpened(null)}
          {...rest}
        />
      )}
    </div>
  );
}

type OneProps = Omit<AttachmentsProps, 'attachments'> & { attachment: AttachmentView };
type PictureProps = OneProps & { onOpen: () => void };

/** What every browser shows; anything else is a file. */
function isPicture({ contentType }: AttachmentView): boolean {
  return /^image\/(?:jpeg|png|gif|webp|avif)$/u.test(contentType);
}

const MAX_BOX_PX = 260;

function Picture({ attachment, labels, loadFile, onOpen }: PictureProps) {
  const { name, width = 4, height = 3, progress } = attachment;
  const url = useAddress(attachment, loadFile);
  return (
    <button
      type="button"
      className="picture"
      // the box has its shape before the picture is there
      style={{
        aspectRatio: `${width} / ${height}`,
        inlineSize: `${boxWidth(attachment)}px`,
      }}
      aria-label={labels.openPicture(name)}
      disabled={url === null || progress !== null}
      onClick={onOpen}
    >
      {url !== null && <img src={url} alt={name} decoding="async" />}
      {progress !== null && <Progress name={name} value={progress} />}
    </button>
  );
}

function boxWidth({ width = 4, height = 3 }: AttachmentView): number {
  return width >= height ? MAX_BOX_PX : Math.max(96, Math.round((MAX_BOX_PX * width) / height));
}

const FILE = 'M6 4h8l5 5v12H6zM14 4v5h5';

function FileLink({ attachment, labels, loadFile }: OneProps) {
  const { key, name, size, progress } = attachment;
  return (
    <button
      type="button"
      className="file"
      disabled={progress !== null}
      onClick={() => {
        // the address answers with `attachment`: nothing opens, the file is saved
        loadFile(key).then(
          (url) => location.assign(url),
          () => {},
        );
      }}
    >
      <Strokes path={FILE} size={20} />
      <span className="file__text">
        <span className="sr-only">{labels.download}</span>
        <span className="truncate" dir="auto">
          {name}
        </span>
        <span className="file__size">{formatBytes(size, labels.locale)}</span>
      </span>
      {progress !== null && <Progress name={name} value={progress} />}
    </button>
  );
}

function Progress({ name, value }: { name: string; value: number }) {
  return <progress className="upload" aria-label={name} max={1} value={value} />;
}

/** The picture's address: of the file in hand while it goes up, else asked for; null until it is known. */
function useAddress(
  { key, body, progress }: AttachmentView,
  loadFile: (key: string) => Promise<string>,
): string | null {
  const [url, setUrl] = useState<string | null>(null);
  const isOnItsWay = progress !== null;
  useEffect(() => {
    let isOver = false;
    const local = body === null ? null : URL.createObjectURL(body);
    const address = local === null && !isOnItsWay ? loadFile(key) : Promise.resolve(local);
    // without an address its box stays empty, and names what it is
    address.then(
      (known) => isOver || setUrl(known),
      () => {},
    );
    return () => {
      isOver = true;
      if (local !== null) URL.revokeObjectURL(local);
    };
  }, [key, body, isOnItsWay, loadFile]);
  return url;
}

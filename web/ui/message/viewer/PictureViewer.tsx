/** The pictures of a message over everything else, one at a time. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

import { Icon } from '../../base/Icon.tsx';
import { Strokes } from '../../base/Strokes.tsx';
import { useSheet } from '../../base/use-sheet.ts';
import type { ConversationLabels } from '../../conversation/labels.ts';
import { useSeldom } from '../../conversation/use-seldom.ts';
import { stepWithin, swipeOf } from './steps.ts';
import css from './viewer.css?inline';

/** A picture to look at. */
export interface ViewedPicture {
  key: string;
  name: string;
}

interface PictureViewerProps {
  pictures: readonly ViewedPicture[];
  /** The one to begin with. */
  first: number;
  labels: ConversationLabels;
  loadFile: (key: string) => Promise<string>;
  onClose: () => void;
}

/** A modal dialog of the browser's own: Escape closes it, and the focus goes back by itself. */
export function PictureViewer({ pictures, first, labels, loadFile, onClose }: PictureViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useSheet(dialog, css);
  const [index, setIndex] = useState(first);
  const [isZoomed, setZoomed] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const picture = pictures[index];
  const url = useUrl(picture?.key, loadFile);
  const go = (step: number) => {
    setZoomed(false);
    setIndex((now) => stepWithin(now, step, pictures.length));
  };
  const swipe = useSwipe((step) => go(step));
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="viewer"
      aria-label={picture?.name}
      onClose={onClose}
      onKeyDown={(event) => onViewerKey(event, go)}
      {...(!isZoomed && swipe)}
      onClick={({ target, currentTarget, detail: count }) => {
        if (target === currentTarget) close();
        else if (count === 2 && target instanceof HTMLImageElement) setZoomed(!isZoomed);
      }}
    >
      <div className={`viewer__stage${isZoomed ? ' viewer__stage--zoomed' : ''}`}>
        {url === null ? (
          <span className="viewer__waiting" role="status" aria-label={labels.loading} />
        ) : (
          <img src={url} alt={picture?.name ?? ''} />
        )}
      </div>
      <p className="viewer__name truncate" dir="auto">
        {picture?.name}
        {pictures.length > 1 && ` · ${index + 1}/${pictures.length}`}
      </p>
      <button
        type="button"
        className="icon-button viewer__button viewer__close"
        aria-label={labels.close}
        onClick={close}
      >
        <Icon name="close" />
      </button>
      {pictures.length > 1 && (
        <Steps labels={labels} index={index} count={pictures.length} onStep={go} />
      )}
    </dialog>
  );
}

interface StepsProps {
  labels: ConversationLabels;
  index: number;
  count: number;
  onStep: (step: number) => void;
}

const BACK = 'M15 5l-7 7 7 7';

function Steps({ labels, index, count, onStep }: StepsProps) {
  const words = useSeldom(labels);
  // the arrow keys and a swipe go on without them
  if (words === null) return null;
  return (
    <>
      <button
        type="button"
        className="icon-button viewer__button viewer__step viewer__step--back"
        aria-label={words.previousPicture}
        disabled={index === 0}
        onClick={() => onStep(-1)}
      >
        <Strokes path={BACK} size={20} isDirectional />
      </button>
      <button
        type="button"
        className="icon-button viewer__button viewer__step viewer__step--on"
        aria-label={words.nextPicture}
        disabled={index === count - 1}
        onClick={() => onStep(1)}
      >
        <Strokes path={BACK} size={20} isDirectional />
      </button>
    </>
  );
}

function onViewerKey(event: KeyboardEvent<HTMLElement>, go: (step: number) => void): void {
  // the chat below it stays open, and hears of no other key either
  event.stopPropagation();
  const along = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  if (event.key === 'ArrowRight') go(along);
  if (event.key === 'ArrowLeft') go(-along);
}

/** A finger along the picture. */
function useSwipe(onStep: (step: number) => void) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }: { touches: { [index: number]: Touch | undefined } }) => {
      // a second finger zooms, which is the browser's
      start.current = touches[1] === undefined ? pointOf(touches[0]) : null;
    },
    onTouchEnd: ({
      changedTouches,
    }: {
      changedTouches: { [index: number]: Touch | undefined };
    }) => {
      const step = swipeOf(start.current, pointOf(changedTouches[0]));
      const isRtl = document.documentElement.dir === 'rtl';
      if (step !== 0) onStep(isRtl ? -step : step);
      start.current = null;
    },
  };
}

interface Touch {
  clientX: number;
  clientY: number;
}

function pointOf(touch: Touch | undefined): { x: number; y: number } | null {
  return touch === undefined ? null : { x: touch.clientX, y: touch.clientY };
}

function useUrl(
  key: string | undefined,
  loadFile: (key: string) => Promise<string>,
): string | null {
  const [known, setKnown] = useState<{ key: string; url: string } | null>(null);
  useEffect(() => {
    let isOver = false;
    if (key === undefined) return;
    loadFile(key).then(
      (url) => isOver || setKnown({ key, url }),
      // it stays empty under its name: another try is one step away
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [key, loadFile]);
  return known !== null && known.key === key ? known.url : null;
}

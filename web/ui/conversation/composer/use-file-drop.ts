/** Files that are pasted into or dropped onto a conversation; words that come that way stay words. */
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';

type OnFiles = ((files: readonly File[]) => void) | undefined;

/** Handlers for the element around it, and whether files are held over it now. */
export function useFileDrop(onFiles: OnFiles) {
  const [isOver, setOver] = useState(false);
  // entering a child comes before leaving its parent
  const depth = useRef(0);
  if (onFiles === undefined) return { isOver: false, handlers: {} };
  const count = (step: 1 | -1) => (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const handlers = {
    onDragEnter: count(1),
    onDragLeave: count(-1),
    onDragOver: (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      depth.current = 0;
      setOver(false);
      const files = [...event.dataTransfer.files];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    },
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0 || isFormattedText(event.clipboardData.types)) return;
      event.preventDefault();
      onFiles(files);
    },
  };
  return { isOver, handlers };
}

function carriesFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files');
}

/** A word processor and a spreadsheet put a picture of the words beside the words. */
function isFormattedText(types: readonly string[]): boolean {
  return types.includes('text/html') && types.includes('text/plain');
}

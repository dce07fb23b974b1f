/** A question that has to be answered before anything else. */
import { useId, useLayoutEffect, useRef } from 'react';

interface ConfirmDialogProps {
  title: string;
  text: string;
  /** On the button that does it. */
  confirm: string;
  cancel: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** A native modal dialog: the browser keeps the focus inside, and gives it back. Escape is a no. */
export function ConfirmDialog({ title, text, ...options }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  // before it is painted, so that no key meant for it goes to the page below
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // a hasty Enter must not be the one that loses something
    cancel.current?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={titleId} onCancel={options.onCancel}>
      <h2 id={titleId}>{title}</h2>
      <p>{text}</p>
      <div className="confirm__actions">
        <button type="button" className="button button--quiet" onClick={options.onConfirm}>
          {options.confirm}
        </button>
        <button type="button" className="button" ref={cancel} onClick={options.onCancel}>
          {options.cancel}
        </button>
      </div>
    </dialog>
  );
}

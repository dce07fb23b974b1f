/** What is known about a conversation, over it: a drawer on a desktop, a whole screen on a phone. */
import { type ReactNode, useLayoutEffect, useRef } from 'react';

import { PageIcon } from '../../ui/base/PageIcon.tsx';
import { navigate } from '../../ui/navigation.tsx';
import { useWords } from '../../words/area.tsx';
import { inboxWords } from '../../words/inbox.ts';
import { placeOf, roomPath } from '../places.ts';

interface ContextDrawerProps {
  roomId: string;
  /** Whether the conversation is the step before, in the browser's history too. */
  isStepBack: boolean;
  children: ReactNode;
}

/** Open as long as the address says so: the back button closes it, and closing it leads back. */
export function ContextDrawer({ roomId, isStepBack, children }: ContextDrawerProps) {
  const { context, desk } = useWords(inboxWords);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // taken from the page while it is open it would not give the focus back
    return () => element?.close();
  }, []);
  const leave = () => {
    const place = placeOf(location.pathname);
    // the back button was faster, or StrictMode opened it again
    if (place.kind !== 'room' || !place.isAbout || dialog.current?.open === true) return;
    if (isStepBack) history.back();
    else navigate(roomPath(roomId), { replace: true });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape is the dialog's own
    <dialog
      ref={dialog}
      className="drawer"
      aria-label={context}
      onClose={leave}
      onClick={(event) => {
        // the backdrop belongs to the dialog itself
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header className="drawer__head">
        <button
          type="button"
          className="icon-button"
          aria-label={desk.backToRoom}
          title={desk.backToRoom}
          onClick={() => dialog.current?.close()}
        >
          <PageIcon name="back" />
        </button>
        <h2>{context}</h2>
      </header>
      {children}
    </dialog>
  );
}

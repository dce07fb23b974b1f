/** Whom the page's one popup is open for; on a phone, where it covers the page, a reload shows it again. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

import { isSheetStep } from '../popup/use-back-closes.ts';
import type { PopupControls, PopupTarget } from './settings.ts';

/** What marks the target in a step of the history. */
const MARK = 'parleyChat';

/** @param identity whose popup it is: for another user it is closed */
export function usePopup(identity: string): PopupControls {
  const [open, setOpen] = useState<{ target: PopupTarget; identity: string } | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const target = open?.identity === identity ? open.target : null;
  useRestored(identity, setOpen);
  useLayoutEffect(() => {
    // only now is the page in reach again: under a full sheet it was inert; and before the next key comes
    if (target !== null || opener.current === null) return;
    focusOpener(opener.current);
    opener.current = null;
  }, [target]);
  const show = useCallback(
    (next: PopupTarget, button?: HTMLElement) => {
      opener.current = button ?? activeElement();
      setOpen({ target: next, identity });
    },
    [identity],
  );
  const close = useCallback(() => setOpen(null), []);
  return useMemo(() => ({ target, open: show, close }), [target, show, close]);
}

/** Writes the target into the sheet's own step of the history. For the host, once the popup has made that step. */
export function markStep(target: PopupTarget): void {
  if (isSheetStep(history.state)) {
    history.replaceState({ ...history.state, [MARK]: toPlain(target) }, '');
  }
}

/** The target that a step of the history has the popup open for, or null. Anybody may have written the state. */
export function targetOfStep(state: unknown): PopupTarget | null {
  if (!isRecord(state) || !isSheetStep(state)) return null;
  const mark = state[MARK];
  if (!isRecord(mark) || typeof mark['vendorId'] !== 'string') return null;
  const { vendorId, vendorName, product } = mark;
  return {
    vendorId,
    ...(typeof vendorName === 'string' && { vendorName }),
    ...(isProduct(product) && { product }),
  };
}

/** After the first drawing: a server does not know the history, and the page must begin as it was drawn there. */
function useRestored(
  identity: string,
  setOpen: (open: { target: PopupTarget; identity: string }) => void,
): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    const target = targetOfStep(history.state);
    if (target !== null) setOpen({ target, identity });
  }, [identity, setOpen]);
}

/** A product from elsewhere may carry more than can be stored with the history. */
function toPlain(target: PopupTarget): unknown {
  return JSON.parse(JSON.stringify(target));
}

function isProduct(value: unknown): value is NonNullable<PopupTarget['product']> {
  return isRecord(value) && ['id', 'title', 'url'].every((name) => typeof value[name] === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function activeElement(): HTMLElement | null {
  return document.activeElement instanceof HTMLElement ? document.activeElement : null;
}

/** On another page meanwhile, the button is another one. */
function focusOpener(opener: HTMLElement): void {
  const target = opener.isConnected ? opener : document.querySelector('.parley-button');
  if (target instanceof HTMLElement) target.focus();
}

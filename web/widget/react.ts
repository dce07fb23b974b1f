/**
 * As much of React as the chat uses, on Preact: it stands in for `react` and `react-dom/client` in the widget's build.
 * Events are the platform's: what React calls otherwise (`onDoubleClick`) or lets bubble (`onBlur`) is not to be had.
 */
import { type ComponentChild, type ComponentType, h, options, render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export { createContext, Fragment } from 'preact';
export {
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'preact/hooks';

type Props = Record<string, unknown>;

// this copy of Preact is the widget's own: nobody else has events in it
options.event = (event) => Object.assign(event, { nativeEvent: event });

/** The state of a store outside, drawn anew when it changes. */
export function useSyncExternalStore<T>(
  subscribe: (listener: () => void) => () => void,
  getState: () => T,
): T {
  const value = getState();
  const [, redraw] = useState({});
  const drawn = useRef(value);
  useLayoutEffect(() => {
    drawn.current = value;
  });
  useEffect(() => {
    const check = () => {
      if (!Object.is(drawn.current, getState())) redraw({});
    };
    // it may have changed before anybody listened
    check();
    return subscribe(check);
    // a getter made anew at each drawing reads the same store
    // oxlint-disable-next-line react/exhaustive-deps
  }, [subscribe]);
  return value;
}

/** Draws a component anew only for other props. */
export function memo<P extends Props>(component: ComponentType<P>) {
  return function Memo(props: P) {
    const last = useRef<{ props: P; node: ComponentChild } | null>(null);
    const known = last.current;
    // the very same node again is one that Preact leaves alone
    const isKnown = known !== null && isShallowEqual(known.props, props);
    const drawn = isKnown ? known : { props, node: h(component, props) };
    last.current = drawn;
    return drawn.node;
  };
}

function isShallowEqual(before: Props, after: Props): boolean {
  const names = Object.keys(after);
  const isSame = (name: string) => Object.is(before[name], after[name]);
  return names.length === Object.keys(before).length && names.every(isSame);
}

/** A place in the page that draws. */
export function createRoot(host: Element) {
  return {
    render: (node: ComponentChild) => render(node, host),
    unmount: () => render(null, host),
  };
}

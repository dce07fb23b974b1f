/** As much of React as the chat uses, on Preact: it stands in for `react` and `react-dom/client` in the widget's build. */
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

/** What React calls otherwise than the platform does; typing is `onInput` in both, and lengths say their unit. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  onBlur: 'onFocusOut',
  onDoubleClick: 'onDblClick',
};

// this copy of Preact is the widget's own: nobody else has hooks in it
options.vnode = ({ type, props }) => {
  if (typeof type === 'string') toPlatform(props);
};

options.event = (event) => Object.assign(event, { nativeEvent: event });

function toPlatform(props: Props): void {
  for (const [name, known] of Object.entries(PLATFORM_NAMES)) {
    if (!(name in props)) continue;
    props[known] = props[name];
    delete props[name];
  }
}

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
export function memo<P extends object>(
  component: ComponentType<P>,
  isSame: (before: P, after: P) => boolean = isShallowEqual,
) {
  return function Memo(props: P) {
    const last = useRef<{ props: P; node: ComponentChild } | null>(null);
    const known = last.current;
    // the very same node again is one that Preact leaves alone
    const isKnown = known !== null && isSame(known.props, props);
    const drawn = isKnown ? known : { props, node: h(component, props) };
    last.current = drawn;
    return drawn.node;
  };
}

function isShallowEqual<P extends object>(before: P, after: P): boolean {
  const old = new Map(Object.entries(before));
  const entries = Object.entries(after);
  return old.size === entries.length && entries.every(([name, it]) => Object.is(old.get(name), it));
}

/** A place in the page that draws. */
export function createRoot(host: Element) {
  return {
    render: (node: ComponentChild) => render(node, host),
    unmount: () => render(null, host),
  };
}

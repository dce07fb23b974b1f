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

/** What React calls otherwise than the platform does. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  onBlur: 'onFocusOut',
  onFocus: 'onFocusIn',
  strokeWidth: 'stroke-width',
  strokeLinecap: 'stroke-linecap',
  strokeLinejoin: 'stroke-linejoin',
};
/** Lengths are in pixels, but these are plain numbers. */
const PLAIN_NUMBERS = /^(?:--|flex|opacity|order|zIndex|lineHeight|aspectRatio|fontWeight)/u;
/** Fields whose `change` is what React means by it; every other tells of each letter. */
const SETTLED_FIELDS = /^(?:file|checkbox|radio)$/u;

// this copy of Preact is the widget's own: nobody else has hooks in it
options.vnode = ({ type, props }) => {
  if (typeof type === 'string') toPlatform(type, props);
};

options.event = (event) => Object.assign(event, { nativeEvent: event });

function toPlatform(type: string, props: Props): void {
  for (const name of Object.keys(props)) {
    const known = platformName(name, type, props);
    if (known === undefined) continue;
    props[known] = props[name];
    delete props[name];
  }
  if (typeof props['style'] === 'object') props['style'] = withUnits({ ...props['style'] });
}

function platformName(name: string, type: string, { type: kind }: Props): string | undefined {
  if (name !== 'onChange') return PLATFORM_NAMES[name];
  const isTyped = /^(?:input|textarea)$/u.test(type) && !SETTLED_FIELDS.test(String(kind));
  return isTyped ? 'onInput' : undefined;
}

function withUnits(style: Props): Props {
  for (const [name, value] of Object.entries(style)) {
    if (typeof value === 'number' && !PLAIN_NUMBERS.test(name)) style[name] = `${value}px`;
  }
  return style;
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

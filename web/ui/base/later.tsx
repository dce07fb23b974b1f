/** Components whose code is fetched when they are first shown: most people never open a picker or a viewer. */
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/**
 * A component that shows `waiting` until its code is there. Where the code does not come it shows nothing, and asks again the next time it is mounted.
 * @param load fetches the component, at most once at a time
 * @param waiting a function draws it from the props, and goes on where the code does not come
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode | ((props: Props) => ReactNode) = null,
): ComponentType<Props> {
  let known: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const fetchIt = () => {
    loading ??= load().then(
      (component) => {
        known = component;
      },
      () => {
        loading = null;
      },
    );
    return loading;
  };
  return function Later(props: Props) {
    const [isAsked, setAsked] = useState(known !== null);
    useEffect(() => {
      let isOver = false;
      void fetchIt().then(() => isOver || setAsked(true));
      return () => {
        isOver = true;
      };
    }, []);
    if (known === null) {
      if (typeof waiting === 'function') return waiting(props);
      return isAsked ? null : waiting;
    }
    const Component = known;
    return <Component {...props} />;
  };
}

import { describe, expect, it } from 'vitest';

import { createStore, keepIdentity, keepItems } from '#client/store.ts';

describe('createStore', () => {
  it('tells its listeners after the change, and nobody of no change', () => {
    const store = createStore({ count: 1 });
    const heard: number[] = [];
    const stop = store.subscribe(() => heard.push(store.getState().count));
    const next = { count: 2 };
    store.set(next);
    store.set(next);
    stop();
    store.set({ count: 3 });
    expect(heard).toEqual([2]);
  });

  it('remembers what it began with', () => {
    const first = { count: 1 };
    const store = createStore(first);
    store.set({ count: 2 });
    expect(store.initial).toBe(first);
  });

  it('keeps two subscriptions of one function apart', () => {
    const store = createStore(0);
    let calls = 0;
    const listener = () => void (calls += 1);
    const stop = store.subscribe(listener);
    store.subscribe(listener);
    stop();
    store.set(1);
    expect(calls).toBe(1);
  });
});

describe('identity', () => {
  it('is kept where every field or item is the same', () => {
    const fields = { a: 1, b: 'x' };
    expect(keepIdentity(fields, { ...fields })).toBe(fields);
    expect(keepIdentity(fields, { a: 1, b: 'y' })).toEqual({ a: 1, b: 'y' });
    expect(keepIdentity<object>(fields, { a: 1 })).toEqual({ a: 1 });
    const items = [fields];
    expect(keepItems(items, [fields])).toBe(items);
    expect(keepItems(items, [{ ...fields }])).not.toBe(items);
    expect(keepItems(items, [])).toEqual([]);
  });
});

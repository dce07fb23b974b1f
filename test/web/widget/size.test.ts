/** What the built widget weighs on the wire, by a real build: budgets that fail when they are exceeded. */
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { buildWidget, type WidgetBuild } from '../../support/widget-build.ts';

const KB = 1_024;

let build: WidgetBuild;

const weigh = (code: string | undefined) => gzipSync(code ?? '').length;
const weighAll = () => [...build.values()].reduce((sum, code) => sum + weigh(code), 0);

beforeAll(async () => {
  build = await buildWidget();
  for (const [name, code] of build) console.log(`${name}: ${weigh(code)} B gzip`);
  console.log(`the open widget: ${weighAll()} B gzip`);
}, 60_000);

describe('the built widget', () => {
  it('has a launcher of 6 KB or less', () => {
    expect(build.has('widget.js')).toBe(true);
    expect(weigh(build.get('widget.js'))).toBeLessThanOrEqual(6 * KB);
  });

  // It does not yet: this fails as soon as it does, and then becomes a plain test.
  it.fails('weighs 45 KB or less when it is open, in all', () => {
    expect(weighAll()).toBeLessThanOrEqual(45 * KB);
  });

  it('grows no further on its way there', () => {
    expect(weighAll()).toBeLessThanOrEqual(53 * KB);
  });

  it('carries no React, and nothing that a strict policy forbids', () => {
    const all = [...build.values()].join('\n');
    const forbidden = ['eval(', 'new Function(', 'react.dev', '<style'];
    expect(forbidden.filter((text) => all.includes(text))).toEqual([]);
  });
});

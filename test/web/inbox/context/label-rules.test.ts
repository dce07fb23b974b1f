import { describe, expect, it } from 'vitest';

import { suggestLabels, withLabel } from '../../../../web/inbox/context/label-rules.ts';
import { aRoom } from '../rooms.ts';

const labelled = (...labels: string[]) =>
  aRoom('x', 1, { mine: { muted: false, markedUnread: false, assignee: null, labels } });

describe('one more label', () => {
  it.each([
    ['  VIP  gift ', ['VIP gift']],
    ['   ', []],
    ['x'.repeat(60), ['x'.repeat(40)]],
  ])('%j makes %j', (text, expected) => {
    expect(withLabel([], text)).toEqual(expected);
  });

  it('changes nothing where it is there already, or one too many', () => {
    const labels = ['VIP'];
    expect(withLabel(labels, 'vip')).toBe(labels);
    const full = Array.from({ length: 20 }, (_, index) => `l${index}`);
    expect(withLabel(full, 'new')).toBe(full);
  });

  it('ends between characters', () => {
    expect(withLabel([], `${'x'.repeat(39)}🎁`)[0]?.isWellFormed()).toBe(true);
  });
});

describe('suggested labels', () => {
  const rooms = [labelled('gift', 'vip'), labelled('gift'), labelled('broken')];

  it('are the most used of other conversations', () => {
    expect(suggestLabels(rooms, { labels: [], typed: '' })).toEqual(['gift', 'broken', 'vip']);
  });

  it('fit what is typed, and are not there yet', () => {
    expect(suggestLabels(rooms, { labels: ['Gift'], typed: 'I' })).toEqual(['vip']);
  });
});

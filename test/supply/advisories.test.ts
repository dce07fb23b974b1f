import { describe, expect, it } from 'vitest';

import { advisoryFrom, compareVersions, isAffected } from '../../lib/supply/advisories.ts';

/** A hole as a database tells it, in two packages. */
const OSV = {
  id: 'GHSA-1111-2222-3333',
  summary: 'It falls over',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'ours' },
      ranges: [
        {
          type: 'SEMVER',
          events: [
            { introduced: '0' },
            { fixed: '1.2.3' },
            { introduced: '2.0.0' },
            { last_affected: '2.4.0' },
          ],
        },
      ],
    },
    {
      package: { ecosystem: 'npm', name: 'ours' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '4.0.0-beta.2' }] }],
    },
    {
      package: { ecosystem: 'npm', name: 'theirs' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
    },
  ],
  database_specific: { severity: 'HIGH' },
};

describe('an advisory', () => {
  it.each([
    ['0.0.1', true],
    ['1.2.2', true],
    ['1.2.3-rc.1', true],
    ['1.2.3', false],
    ['1.10.0', false],
    ['2.0.0-rc.1', false],
    ['2.0.0', true],
    ['2.4.0', true],
    ['2.4.1', false],
    ['3.0.0', false],
    ['4.0.0-beta.1', false],
    ['4.0.0-beta.10', true],
    ['9.9.9', true],
  ])('of a package counts %s as affected: %s', (version, expected) => {
    const advisory = advisoryFrom(OSV, 'ours');
    expect(advisory).toMatchObject({ id: OSV.id, package: 'ours', severity: 'HIGH' });
    expect(advisory && isAffected(advisory, version)).toBe(expected);
  });

  it.each([
    ['5.6.0', false],
    ['5.6.1', true],
    ['5.6.2', false],
    ['6.0.0', true],
  ])('of single versions counts %s as affected: %s', (version, expected) => {
    const aPackage = { ecosystem: 'npm', name: 'ours' };
    const commits = [{ type: 'GIT', events: [{ introduced: '0' }, { fixed: 'c0ffee' }] }];
    const affected = [{ package: aPackage, ranges: commits, versions: ['5.6.1', '6.0.0'] }];
    const advisory = advisoryFrom({ ...OSV, affected }, 'ours');
    expect(advisory && isAffected(advisory, version)).toBe(expected);
  });

  it('says nothing of another package, nor once it is withdrawn', () => {
    expect(advisoryFrom(OSV, 'another')).toBeUndefined();
    expect(advisoryFrom({ ...OSV, withdrawn: '2026-01-01T00:00:00Z' }, 'ours')).toBeUndefined();
    expect(advisoryFrom('nonsense', 'ours')).toBeUndefined();
  });
});

describe('versions', () => {
  it('are ordered as semver orders them', () => {
    const inOrder =
      '0 0.9.0 0.10.0 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-rc.9 1.0.0-rc.10 1.0.0 1.0.1'.split(
        ' ',
      );
    expect(inOrder.toReversed().toSorted(compareVersions)).toEqual(inOrder);
  });
});

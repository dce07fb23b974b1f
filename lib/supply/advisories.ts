/** Known holes of packages: what the pinned list holds, and whether a version is among the affected. */

/** A hole, as `advisories.json` keeps it. */
export interface Advisory {
  /** `GHSA-…`. */
  readonly id: string;
  readonly package: string;
  readonly summary: string;
  /** As the database says it: `LOW`, `MODERATE`, `HIGH`, `CRITICAL`. */
  readonly severity: string;
  readonly ranges: readonly VersionRange[];
}

/** From a version on, up to the one that is mended or the last that is not; with neither, for good. */
export interface VersionRange {
  readonly introduced: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
}

/** The pinned list. */
export interface AdvisoryList {
  /** The day it was asked for. */
  readonly asOf: string;
  /** Where it is from, and how complete. */
  readonly source: string;
  readonly advisories: readonly Advisory[];
}

/** Whether a package's version has the hole. */
export function isAffected({ ranges }: Advisory, version: string): boolean {
  return ranges.some(({ introduced, fixed, lastAffected }) => {
    if (compareVersions(version, introduced) < 0) return false;
    if (fixed !== undefined) return compareVersions(version, fixed) < 0;
    return lastAffected === undefined || compareVersions(version, lastAffected) <= 0;
  });
}

/** Below zero where `a` comes before `b`, by semver's precedence; `0` stands before everything. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  for (const [at, number] of left.numbers.entries()) {
    const difference = number - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return comparePreReleases(left.preRelease, right.preRelease);
}

function parse(version: string) {
  const [release = '', ...rest] = (version.split('+')[0] ?? '').split('-');
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number);
  return { numbers: [major, minor, patch], preRelease: rest.join('-') };
}

/** A release comes after its pre-releases, and `rc.10` after `rc.9`. */
function comparePreReleases(a: string, b: string): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return a.localeCompare(b, 'en', { numeric: true });
}

/**
 * What an entry of an OSV database says of a package, GitHub's among them.
 * @returns undefined where it says nothing of that package, or was withdrawn
 */
export function advisoryFrom(osv: unknown, name: string): Advisory | undefined {
  const { id, summary, affected, withdrawn, database_specific: more } = fields(osv);
  const ranges = listOf(affected)
    .map(fields)
    .filter((it) => fields(it['package'])['name'] === name)
    .flatMap(affectedRanges);
  if (ranges.length === 0 || withdrawn !== undefined) return undefined;
  const severity = textOf(fields(more)['severity'], 'UNKNOWN');
  return { id: textOf(id), package: name, summary: textOf(summary), severity, ranges };
}

/** Where no range is told, the versions are: of packages that somebody took over for a few releases. */
function affectedRanges({
  ranges,
  versions,
}: Readonly<Record<string, unknown>>): readonly VersionRange[] {
  const told = listOf(ranges)
    .map(fields)
    // of commits, which no lock file names
    .filter(({ type }) => type !== 'GIT')
    .flatMap(({ events }) => rangesOf(listOf(events).map(fields)));
  if (told.length > 0) return told;
  return listOf(versions).map((version) => ({
    introduced: textOf(version),
    lastAffected: textOf(version),
  }));
}

/** OSV tells a range as events: each `introduced` is ended by what follows it, if anything does. */
function rangesOf(events: readonly Readonly<Record<string, unknown>>[]): readonly VersionRange[] {
  return events.flatMap(({ introduced }, at) => {
    if (introduced === undefined) return [];
    const { fixed, last_affected: last } = events[at + 1] ?? {};
    return [
      {
        introduced: textOf(introduced),
        ...(fixed !== undefined && { fixed: textOf(fixed) }),
        ...(last !== undefined && { lastAffected: textOf(last) }),
      },
    ];
  });
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return Object(value);
}

function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

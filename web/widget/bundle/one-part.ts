/** For the build: what is always loaded together is one file, which compresses better than several. */
import type { Rolldown } from 'vite';

interface Modules {
  /** The module that everything hangs on. */
  readonly of: string;
  /** What this module brings is there already. */
  readonly besides: string;
}

type Info = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>;

/** Puts a module with all that it imports into one chunk of that name; what it may load later stays apart. */
export function onePart(name: string, { of, besides }: Modules): Rolldown.CodeSplittingOptions {
  let taken: ReadonlySet<string> | null = null;
  return {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: name,
        name: (id, info) => {
          const known = importsOf(info, besides);
          taken ??= new Set([...importsOf(info, of)].filter((it) => !known.has(it)));
          return taken.has(id) ? name : null;
        },
      },
    ],
  };
}

/** The ids of a module and of everything that comes with it. */
function importsOf(info: Info, id: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(id)) return seen;
  seen.add(id);
  for (const next of info.getModuleInfo(id)?.importedIds ?? []) importsOf(info, next, seen);
  return seen;
}

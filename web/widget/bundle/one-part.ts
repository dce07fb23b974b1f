/** For the build: what is always loaded together is one file, which compresses better than several. */
import type { Rolldown } from 'vite';

interface Modules {
  /** The modules that everything hangs on. */
  readonly of: readonly string[];
  /** What these bring is there already. */
  readonly besides: readonly string[];
  /** These keep a chunk of their own. */
  readonly apart: readonly string[];
}

type Info = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>;

/** Puts modules with all that they import into one chunk of that name; what they may load later stays apart. */
export function onePart(
  name: string,
  { of, besides, apart }: Modules,
): Rolldown.CodeSplittingOptions {
  let taken: ReadonlySet<string> | null = null;
  return {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: name,
        name: (id, info) => {
          taken ??= without(importsOf(info, of), importsOf(info, besides), new Set(apart));
          return taken.has(id) ? name : null;
        },
      },
    ],
  };
}

/** The ids of modules and of everything that comes with them. */
function importsOf(info: Info, ids: readonly string[], seen = new Set<string>()): Set<string> {
  for (const id of ids) {
    if (seen.has(id)) continue;
    seen.add(id);
    importsOf(info, info.getModuleInfo(id)?.importedIds ?? [], seen);
  }
  return seen;
}

function without(
  all: ReadonlySet<string>,
  ...others: readonly ReadonlySet<string>[]
): ReadonlySet<string> {
  return new Set([...all].filter((id) => others.every((some) => !some.has(id))));
}

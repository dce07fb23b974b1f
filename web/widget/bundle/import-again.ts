/** For the build: a part that did not come is asked for under another address, since a browser keeps a module's failure under its own for as long as the page lives. */
import type { Plugin } from 'vite';

const PARTS = /\bimport\((?=["'`]\.\/)/gu;

/** Stands in for `import`. The address gets one more digit by each failure; what a part itself is made of keeps its own, and so is there once. */
const IMPORT_AGAIN = `
const $queries = {};
const $importAgain = (file) =>
  import(file + ($queries[file] ?? '')).catch((error) => {
    $queries[file] = ($queries[file] ?? '?') + 1;
    throw error;
  });
`;

/** Lets the same `import()`, called again, try again. */
export function importAgain(): Plugin {
  return {
    name: 'parley:import-again',
    renderChunk: (code) => {
      const changed = withImportAgain(code);
      return changed === null ? null : { code: changed, map: null };
    },
  };
}

/** A chunk whose parts are asked for again; null where it has none. */
export function withImportAgain(code: string): string | null {
  const changed = code.replaceAll(PARTS, '$importAgain(');
  return changed === code ? null : IMPORT_AGAIN + changed;
}

/** The whole page anew, for a part of it that did not come. */

/** A browser keeps a module's failure for as long as the page lives, so only a new page gets it. Without the network the present one stays: it can still do more than the browser's own page of errors. */
export function reloadWhenReachable(): void {
  fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
    () => location.reload(),
    () => {},
  );
}

/** What a tab shows of unread messages while one looks at another: a number in its title, a dot on its icon. */

/** More is more, whatever the number. */
const MAX_COUNT = 99;

/** A title with the number of unread messages before it. */
export function titleWith(title: string, unread: number): string {
  if (unread <= 0) return title;
  return `(${unread > MAX_COUNT ? `${MAX_COUNT}+` : unread}) ${title}`;
}

/** Shows another icon of the page. @returns what brings the former one back; nothing happens on a page without one */
export function showIcon(href: string): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  if (link === null) return () => {};
  const before = link.getAttribute('href') ?? '';
  link.setAttribute('href', href);
  return () => link.setAttribute('href', before);
}

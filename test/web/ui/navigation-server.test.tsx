/** The router where there is no window, and inside the router of another page. */
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';

import { Link, NavigationProvider, usePath } from '../../../web/ui/navigation.tsx';

function Here() {
  return <Link href="/chat/a">{usePath()}</Link>;
}

describe('a path on a server', () => {
  it('is the root: the address is the browser’s', () => {
    expect(renderToString(<Here />)).toBe('<a href="/chat/a">/</a>');
  });

  it('is that of the router around it', () => {
    const value = { path: '/chat/b', navigate: () => {} };
    const html = renderToString(
      <NavigationProvider value={value}>
        <Here />
      </NavigationProvider>,
    );
    expect(html).toBe('<a href="/chat/a">/chat/b</a>');
  });
});

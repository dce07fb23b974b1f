/** Which links pass. */
import { expect, it } from 'vitest';

import { isAllowedLink } from '#core/product.ts';

it.each([
  ['https://any.example/x', [], true],
  ['https://any.example/x', ['*'], true],
  ['https://shop.test/x', ['shop.test'], true],
  ['https://evil.test/x', ['shop.test'], false],
  ['https://shop.test.evil.test/x', ['shop.test'], false],
  ['http://localhost:4000/x', [], false],
  ['http://localhost:4000/x', ['*'], false],
  ['http://localhost:4000/x', ['localhost'], true],
  ['no address', ['*'], false],
])('%s with the hosts %j: %s', (link, hosts, expected) => {
  expect(isAllowedLink(link, hosts)).toBe(expected);
});

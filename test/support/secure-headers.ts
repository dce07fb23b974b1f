/** What every answer of the HTTP API has to carry, after the OWASP Secure Headers Project. */
import type { HttpRouteName } from '#protocol/http-routes.ts';

/** On every answer of a function. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Calls whose answers are the same for everybody. */
const PUBLIC: ReadonlySet<HttpRouteName> = new Set(['getVendor', 'openapi', 'asyncapi']);

/** Names that tell an attacker what to look for. */
const TELLTALE = ['server', 'x-powered-by', 'via', 'x-amzn-trace-id', 'x-aws-id'];

/** What is wrong with an answer's headers; what is private may be kept by nobody. */
export function headerProblems(name: HttpRouteName, { status, headers }: Response): string[] {
  const mayBeKept = PUBLIC.has(name) && status === 200;
  const hasBody = status !== 204;
  const wanted: Readonly<Record<string, RegExp>> = {
    'cache-control': mayBeKept ? /^public, max-age=\d+$/u : /^no-store$/u,
    ...(hasBody && { 'content-type': /^application\/(?:problem\+)?json$/u }),
  };
  const missing = Object.entries(API_HEADERS).filter(([key, value]) => headers.get(key) !== value);
  const wrong = Object.entries(wanted).filter(([key, it]) => !it.test(headers.get(key) ?? ''));
  const names = [...missing, ...wrong].map(([key]) => key);
  return [...names, ...TELLTALE.filter((it) => headers.has(it))].map(
    (key) => `${name} ${status}: ${key}: ${headers.get(key)}`,
  );
}

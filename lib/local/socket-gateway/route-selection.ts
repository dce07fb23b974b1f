/** The route selection expression: which value of a frame names its route. */
import { isJson } from '../json.ts';

/**
 * Reads the value that selects the route; only a string can.
 * @throws Error for an expression the gateway doesn't know
 */
export function routeSelector(expression: string): (body: string) => string | undefined {
  const [, path] = /^\$\{?request\.body\.([\w.-]+)\}?$/u.exec(expression) ?? [];
  if (path === undefined) {
    throw new Error(`The gateway doesn't know the route selection expression "${expression}".`);
  }
  const names = path.split('.');
  return (body) => {
    let value = parseJson(body);
    for (const name of names) {
      value = isJson(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    }
    return typeof value === 'string' ? value : undefined;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Whatever is no JSON selects $default.
  }
}

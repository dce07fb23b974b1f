/** Reading a resource's resolved properties: what must be there, and the function that an ARN means. */
import type { Resource } from './deployment.ts';

/**
 * A text property.
 * @throws Error naming the resource and the property where it is missing
 */
export function requiredText(resource: Resource, property: string): string {
  const value = resource.properties[property];
  if (typeof value === 'string') return value;
  throw new Error(`${resource.id} (${resource.type}) has no ${property}.`);
}

/**
 * The id of the function that an ARN, an integration's address or a name means.
 * @throws Error naming who asked and for what
 */
export function functionIn(
  find: (type: string) => readonly Resource[],
  address: string,
  askedBy: string,
): string {
  const name = /:function:([^:/]+)/u.exec(address)?.[1] ?? address;
  const found = find('AWS::Lambda::Function').find(({ ref }) => ref === name);
  if (!found)
    throw new Error(`${askedBy} names a function that is not in the template: ${address}`);
  return found.id;
}

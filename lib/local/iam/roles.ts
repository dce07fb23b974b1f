/** The functions' roles at work: which call of which function its role allows, and which rights nobody ever used. */
import type { Access } from '../aws/signature.ts';
import type { FunctionModel, StatementModel } from '../model.ts';

/** What a call needs: an action such as `dynamodb:GetItem` on the ARN of a resource. */
export interface Right {
  readonly action: string;
  readonly resource: string;
}

/**
 * Judges a call by the key that signed it. The runtime's own key may do everything, a function's what its role says.
 * @returns why it is refused, in IAM's words; undefined where it is allowed
 */
export type Guard = (accessKeyId: string, rights: readonly Right[]) => string | undefined;

/** All roles of a deployment. */
export interface Roles {
  readonly guard: Guard;
  /** The key id with which a function's calls are signed; the secret is everybody's. */
  readonly keyIdOf: (functionName: string) => string;
  /** Every right of every role, as `function: action on resource`, and whether a call has needed it so far. */
  readonly usage: () => ReadonlyMap<string, boolean>;
}

/** Allows everything: for a service on its own. */
export const UNGUARDED: Guard = () => undefined;

/** Reads the roles of all functions; `access` is the runtime's own key. */
export function createRoles(functions: readonly FunctionModel[], access: Access): Roles {
  const keyIdOf = (functionName: string) => `${access.accessKeyId}.${functionName}`;
  const byKey = new Map(functions.map((it) => [keyIdOf(it.functionName), it]));
  const usage = new Map(
    functions.flatMap((it) => rightsOf(it).map((right) => [nameOf(it, right), false])),
  );
  return {
    keyIdOf,
    usage: () => usage,
    guard(accessKeyId, rights) {
      if (accessKeyId === access.accessKeyId) return undefined;
      const caller = byKey.get(accessKeyId);
      if (!caller) return `The access key ${accessKeyId} belongs to no function.`;
      for (const right of rights) {
        const allowing = decide(caller.role, right);
        if (!allowing) return refusal(caller, right);
        usage.set(nameOf(caller, allowing), true);
      }
      return undefined;
    },
  };
}

/** The action and resource of the role, patterns and all, that allow a call; undefined where nothing does or something denies it. */
export function decide(role: readonly StatementModel[], wanted: Right): Right | undefined {
  const matching = role.flatMap((statement) => {
    const action = statement.actions.find((it) =>
      isMatch(it.toLowerCase(), wanted.action.toLowerCase()),
    );
    const resource = statement.resources.find((it) => isMatch(it, wanted.resource));
    if (action === undefined || resource === undefined) return [];
    return { isAllowing: statement.isAllowing, right: { action, resource } };
  });
  if (matching.some(({ isAllowing }) => !isAllowing)) return undefined;
  return matching[0]?.right;
}

/** As many as the template has: no call brings another. */
const expressions = new Map<string, RegExp>();

function isMatch(pattern: string, text: string): boolean {
  const expression = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, expression);
  return expression.test(text);
}

/** IAM's patterns: `*` is any text, `?` any character. */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[$()+.[\\\]^{|}]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

/** The runtime keeps no logs and no traces, so nobody here uses the rights to write them. */
const ELSEWHERE = /^(?:logs|xray):/u;

/** What the service's own poller does in the function's name at AWS: the local one asks nobody. */
const POLLED =
  /^(?:dynamodb:(?:GetRecords|GetShardIterator|DescribeStream|ListStreams)|sqs:(?:ReceiveMessage|DeleteMessage|GetQueueAttributes|GetQueueUrl))$/u;

function rightsOf({ role }: FunctionModel): readonly Right[] {
  return role
    .filter(({ isAllowing }) => isAllowing)
    .flatMap(({ actions, resources }) =>
      actions
        .filter((action) => !ELSEWHERE.test(action) && !POLLED.test(action))
        .flatMap((action) => resources.map((resource) => ({ action, resource }))),
    );
}

function nameOf({ functionName }: FunctionModel, { action, resource }: Right): string {
  return `${functionName}: ${action} on ${resource}`;
}

function refusal({ functionName }: FunctionModel, { action, resource }: Right): string {
  return (
    `The role of ${functionName} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`
  );
}

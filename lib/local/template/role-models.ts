/** The statements of a role: those of its own inline policies and of the policies that name it. */
import { isJson, jsonOf, listOf, textOf, textsOf, type Json } from '../json.ts';
import type { StatementModel } from '../model.ts';
import type { Resource } from './deployment.ts';
import type { FindResources } from './gateway-models.ts';

/**
 * What a function's role allows and denies.
 * @throws Error where the role is not in the template, or where a statement says something that is not judged here
 */
export function roleOf(find: FindResources, lambda: Resource): readonly StatementModel[] {
  const arn = textOf(lambda.properties['Role']);
  const role = find('AWS::IAM::Role').find(({ ref }) => arn.endsWith(`:role/${ref}`));
  if (!role) throw new Error(`${lambda.id} has a role that is not in the template: ${arn}`);
  const attached = find('AWS::IAM::Policy').filter(({ properties }) =>
    textsOf(properties['Roles']).includes(role.ref),
  );
  const inline = listOf(role.properties['Policies']).map(jsonOf);
  return [...inline, ...attached.map(({ properties }) => properties)]
    .flatMap((policy) => listOf(jsonOf(policy['PolicyDocument'])['Statement']))
    .map((statement) => statementOf(jsonOf(statement), lambda.id));
}

/** What a statement may say; anything else would be judged wrongly, so it is an error. */
const JUDGED: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource']);

function statementOf(statement: Json, askedBy: string): StatementModel {
  const unknown = Object.keys(statement).filter((key) => !JUDGED.has(key));
  if (unknown.length > 0) {
    throw new Error(
      `The role of ${askedBy} has a statement with ${unknown.join(', ')}: teach lib/local/template/role-models.ts to judge it.`,
    );
  }
  return {
    isAllowing: statement['Effect'] === 'Allow',
    actions: oneOrMore(statement['Action'], askedBy),
    resources: oneOrMore(statement['Resource'], askedBy),
  };
}

function oneOrMore(value: unknown, askedBy: string): readonly string[] {
  const all = Array.isArray(value) ? textsOf(value) : [textOf(value)];
  if (all.every((it) => it !== '') && !isJson(value)) return all;
  throw new Error(`The role of ${askedBy} has a statement without an action or a resource.`);
}

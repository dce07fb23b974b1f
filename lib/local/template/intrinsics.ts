/** CloudFormation's intrinsic functions: a template's value becomes a plain one. */

/** What a template's value may refer to. Each throws, naming what it does not know. */
export interface Scope {
  /** `Ref`: a resource, a parameter or a pseudo parameter. */
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  /** `Fn::ImportValue`: an export of any stack of the deployment. */
  importValue(name: string): unknown;
  condition(name: string): boolean;
  /** `Fn::FindInMap`. */
  mapping(keys: readonly string[]): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** What stands for a value that shall not be there: `AWS::NoValue`. */
export const NO_VALUE = Symbol('AWS::NoValue');

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(text(name, 'Ref')),
  Condition: (name, scope) => scope.condition(text(name, 'Condition')),
  'Fn::GetAtt': (argument, scope) => {
    const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument);
    return scope.getAtt(text(id, 'Fn::GetAtt'), attribute.join('.'));
  },
  'Fn::ImportValue': (name, scope) =>
    scope.importValue(text(resolve(name, scope), 'Fn::ImportValue')),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument);
    return list(resolve(parts, scope)).join(text(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = list(argument);
    return text(resolve(source, scope), 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, choices] = list(argument);
    const chosen = list(resolve(choices, scope))[Number(resolve(index, scope))];
    if (chosen === undefined) throw new Error(`Fn::Select has no item ${String(index)}.`);
    return chosen;
  },
  'Fn::Sub': substitute,
  'Fn::FindInMap': (argument, scope) =>
    scope.mapping(list(resolve(argument, scope)).map((key) => text(key, 'Fn::FindInMap'))),
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = list(argument);
    return resolve(scope.condition(text(condition, 'Fn::If')) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(resolve(argument, scope));
    return left === right;
  },
  'Fn::Not': (argument, scope) => !list(argument).every((part) => resolve(part, scope) === true),
  'Fn::And': (argument, scope) => list(argument).every((part) => resolve(part, scope) === true),
  'Fn::Or': (argument, scope) => list(argument).some((part) => resolve(part, scope) === true),
};

/**
 * Resolves every intrinsic function in a template's value, at any depth.
 * @throws Error naming an intrinsic function that is not known here
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [''];
  if (entries.length === 1 && isIntrinsic(name)) return intrinsic(name)(argument, scope);
  return Object.fromEntries(
    entries
      .map(([key, item]) => [key, resolve(item, scope)])
      .filter(([, item]) => item !== NO_VALUE),
  );
}

function isIntrinsic(name: string): boolean {
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
}

function intrinsic(name: string): Intrinsic {
  const known = INTRINSICS[name];
  if (!known) {
    throw new Error(
      `The local runtime does not know ${name}: add it to lib/local/template/intrinsics.ts.`,
    );
  }
  return known;
}

/** `"${Table.Arn}/index/*"`, or a pair of that and its own variables; `${!x}` is a literal `${x}`. */
function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument);
  const own = new Map(Object.entries(variables ?? {}));
  return text(template, 'Fn::Sub').replaceAll(/\$\{([^}]*)\}/gu, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (own.has(name)) return text(resolve(own.get(name), scope), 'Fn::Sub');
    const [id = '', ...attribute] = name.split('.');
    const value = attribute.length > 0 ? scope.getAtt(id, attribute.join('.')) : scope.ref(id);
    return text(value, 'Fn::Sub');
  });
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`A list was expected instead of ${JSON.stringify(value)}.`);
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new Error(`${where} expects a text instead of ${JSON.stringify(value)}.`);
}

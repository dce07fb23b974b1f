/** A synthesized deployment: its stacks' resources with every value resolved, its outputs and the folders of its assets. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { jsonOf, textOf, type Json } from '../json.ts';
import { NO_VALUE, resolve, type Scope } from './intrinsics.ts';
import { attributeOf, isPlayed, PLACE, refOf } from './resource-types.ts';

/** A resource with its intrinsics resolved. */
export interface Resource {
  /** The stack's name and the logical id: unique in the deployment. */
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
  readonly ref: string;
}

/** Everything a synthesis left behind. */
export interface Deployment {
  /** The resources that the local runtime plays. */
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
  /** The folder of an asset by the object key that its template names. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Stack {
  readonly name: string;
  readonly template: Template;
}

type Section = Readonly<Record<string, Json>>;

interface Template {
  readonly resources: Section;
  readonly outputs: Section;
  readonly parameters: Section;
  readonly conditions: Json;
  readonly mappings: Json;
}

/** The properties that give a resource its name. */
const NAME_PROPERTIES = [
  'TableName',
  'FunctionName',
  'QueueName',
  'StageName',
  'BucketName',
  'Name',
] as const;

/**
 * Reads a cloud assembly (`cdk.out`).
 * @param folder holds `manifest.json`
 * @throws Error naming the file that is missing, or what in the template is unknown here
 */
export function readDeployment(folder: string): Deployment {
  const stacks = readStacks(folder);
  const scopes = new Map(stacks.map((stack) => [stack, scopeOf(stack, stacks)]));
  const all = stacks.flatMap((stack) => resourcesOf(stack, scopeIn(scopes, stack)));
  const outputs = stacks.flatMap((stack) =>
    Object.entries(stack.template.outputs).map(([name, output]): [string, string] => [
      name,
      String(resolve(output['Value'], scopeIn(scopes, stack))),
    ]),
  );
  return {
    resources: all,
    outputs: Object.fromEntries(outputs),
    assets: readAssets(folder, stacks),
  };
}

function scopeIn(scopes: ReadonlyMap<Stack, Scope>, stack: Stack): Scope {
  const scope = scopes.get(stack);
  if (!scope) throw new Error(`Stack ${stack.name} has no scope.`);
  return scope;
}

function readStacks(folder: string): readonly Stack[] {
  const { artifacts } = readJson(path.join(folder, 'manifest.json'));
  return Object.entries(sectionOf(artifacts))
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => {
      const properties = jsonOf(artifact['properties']);
      const template = readJson(path.join(folder, textOf(properties['templateFile'])));
      return {
        name: textOf(properties['stackName'], id),
        template: {
          resources: sectionOf(template['Resources']),
          outputs: sectionOf(template['Outputs']),
          parameters: sectionOf(template['Parameters']),
          conditions: jsonOf(template['Conditions']),
          mappings: jsonOf(template['Mappings']),
        },
      };
    });
}

/** An object of objects. */
function sectionOf(value: unknown): Section {
  return Object.fromEntries(Object.entries(jsonOf(value)).map(([key, it]) => [key, jsonOf(it)]));
}

function resourcesOf(stack: Stack, scope: Scope): readonly Resource[] {
  return Object.entries(stack.template.resources)
    .filter(([id, resource]) => isPlayed(typeOf(resource), id))
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(textOf(Condition)))
    .map(([logicalId, resource]) => ({
      id: `${stack.name}/${logicalId}`,
      type: typeOf(resource),
      properties: jsonOf(resolve(resource['Properties'], scope)),
      ref: String(scope.ref(logicalId)),
    }));
}

function typeOf(resource: Json): string {
  return textOf(resource['Type'], 'without a type');
}

/** A stack's names. They are looked up when they are asked for, so the order of stacks does not matter. */
function scopeOf(stack: Stack, stacks: readonly Stack[]): Scope {
  const { template } = stack;
  const scope: Scope = {
    ref(name) {
      const resource = template.resources[name];
      if (resource) return refOf(typeOf(resource), namingOf(stack, name, scope));
      if (template.parameters[name]) return template.parameters[name]['Default'] ?? '';
      return pseudoParameter(name, stack);
    },
    getAtt(logicalId, attribute) {
      const resource = template.resources[logicalId];
      if (!resource) throw new Error(`${stack.name} has no resource ${logicalId}.`);
      return attributeOf(typeOf(resource), attribute, namingOf(stack, logicalId, scope));
    },
    importValue: (name) => exportedValue(stacks, name),
    condition(name) {
      if (!(name in template.conditions))
        throw new Error(`${stack.name} has no condition ${name}.`);
      return resolve(template.conditions[name], scope) === true;
    },
    mapping: (keys) => keys.reduce<unknown>((map, key) => jsonOf(map)[key], template.mappings),
  };
  return scope;
}

function namingOf(stack: Stack, logicalId: string, scope: Scope) {
  const properties = jsonOf(stack.template.resources[logicalId]?.['Properties']);
  const given = NAME_PROPERTIES.map((key) => properties[key]).find((value) => value !== undefined);
  const name = given === undefined ? `${stack.name}-${logicalId}` : String(resolve(given, scope));
  return { stack: stack.name, logicalId, name };
}

function exportedValue(stacks: readonly Stack[], name: string): unknown {
  for (const stack of stacks) {
    const scope = scopeOf(stack, stacks);
    const found = Object.values(stack.template.outputs).find(
      (output) => resolve(jsonOf(output['Export'])['Name'], scope) === name,
    );
    if (found) return resolve(found['Value'], scope);
  }
  throw new Error(`No stack exports ${name}.`);
}

function pseudoParameter(name: string, stack: Stack): unknown {
  const values: Json = {
    'AWS::Region': PLACE.region,
    'AWS::AccountId': PLACE.account,
    'AWS::Partition': PLACE.partition,
    'AWS::URLSuffix': PLACE.urlSuffix,
    'AWS::StackName': stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${PLACE.region}:${PLACE.account}:stack/${stack.name}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
  if (name in values) return values[name];
  throw new Error(`${stack.name} refers to ${name}, which it does not have.`);
}

function readAssets(folder: string, stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const { name } of stacks) {
    const file = path.join(folder, `${name}.assets.json`);
    if (!existsSync(file)) continue;
    for (const asset of Object.values(sectionOf(readJson(file)['files']))) {
      const source = path.resolve(folder, textOf(jsonOf(asset['source'])['path']));
      for (const destination of Object.values(sectionOf(asset['destinations']))) {
        assets.set(textOf(destination['objectKey']), source);
      }
    }
  }
  return assets;
}

function readJson(file: string): Json {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return jsonOf(value);
  } catch (cause) {
    throw new Error(`Cannot read ${file}: was the CDK app synthesized into that folder?`, {
      cause,
    });
  }
}

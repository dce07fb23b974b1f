/** A stage synthesized in memory, and its templates in a form that tests can ask. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import { addStacks } from '../../lib/infra/chat-app.ts';
import { configFrom } from '../../lib/infra/config.ts';

/** A resource's properties, as the template has them. */
export type Properties = Readonly<Record<string, unknown>>;

export interface ResourceView {
  readonly id: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
}

/** The smallest issuer that a stage with real data accepts. */
export const ISSUER = {
  issuer: 'https://id.example.com',
  audience: 'shop',
  jwksUri: 'https://id.example.com/jwks.json',
};

/** The functions' code is a stand-in; the bundles have a test of their own. */
const code = mkdtempSync(path.join(tmpdir(), 'parley-code-'));
writeFileSync(path.join(code, 'index.mjs'), 'export const handler = () => {};');
process.on('exit', () => rmSync(code, { recursive: true, force: true }));

/** The stacks of a stage in an app of their own. */
export function stacksOf(settings: Readonly<Record<string, unknown>> = {}) {
  const app = new App({ builtinCloudFormationValidation: false, treeMetadata: false });
  const stage = { PARLEY_ISSUERS: [ISSUER], ...settings };
  return {
    app,
    ...addStacks(
      app,
      configFrom((name) => Reflect.get(stage, name)),
      () => code,
    ),
  };
}

/** The chat stack's template. */
export const chatTemplate = (settings?: Readonly<Record<string, unknown>>) =>
  templateOf(stacksOf(settings).chat);

/** The data stack's template. */
export const dataTemplate = (settings?: Readonly<Record<string, unknown>>) =>
  templateOf(stacksOf(settings).data);

/** The site stack's template. */
export const siteTemplate = (settings?: Readonly<Record<string, unknown>>) =>
  templateOf(stacksOf(settings).site);

/** A stack's template. */
export function templateOf(stack: Stack): Template {
  return Template.fromStack(stack);
}

/** All resources of a type. */
export function resourcesOf(template: Template, type: string): readonly ResourceView[] {
  return Object.entries(template.findResources(type)).map(([id, resource]) => ({
    id,
    properties: (resource['Properties'] ?? {}) as Properties,
    deletionPolicy: resource['DeletionPolicy'] as string | undefined,
  }));
}

/** The only resource of a type whose logical id starts so. */
export function resourceOf(template: Template, type: string, prefix = ''): ResourceView {
  const found = resourcesOf(template, type).filter(({ id }) => id.startsWith(prefix));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} resources ${type} start with "${prefix}".`);
  }
  return only;
}

/** The logical ids that a value refers to, in order. */
export function referencesIn(value: unknown): readonly string[] {
  const text = JSON.stringify(value);
  return [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/gu)].map(([, id]) => id ?? '');
}

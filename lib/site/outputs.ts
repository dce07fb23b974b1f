/** The outputs of a deployment, as the CDK's CLI writes them to a file: what the site is filled with, and where. */
import type { StageConfig } from './publish.ts';

/** What is read of them. */
export interface StageOutputs {
  readonly siteUrl: string;
  readonly bucket: string;
  /** The bucket's; undefined where the stacks are of a version that did not say. */
  readonly region: string | undefined;
  readonly config: StageConfig;
  /** The origins that may call the APIs; an empty list lets all in. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Reads `{ "Parley-dev-Chat": { "ApiUrl": … }, … }`.
 * @throws Error naming the output that is missing
 */
export function outputsOf(text: string): StageOutputs {
  const stacks: unknown = JSON.parse(text);
  const outputs = new Map(
    Object.values(isObject(stacks) ? stacks : {})
      .flatMap((stack) => Object.entries(isObject(stack) ? stack : {}))
      .map(([name, value]) => [name, String(value)]),
  );
  const required = (name: string) => {
    const value = outputs.get(name);
    if (value !== undefined) return value;
    throw new Error(`The deployment put out no ${name}: were all stacks deployed?`);
  };
  const tokenUrl = outputs.get('TokenUrl');
  const signInUrl = outputs.get('SignInUrl');
  return {
    siteUrl: required('SiteUrl'),
    bucket: required('SiteBucket'),
    region: outputs.get('SiteRegion'),
    config: {
      api: required('ApiUrl'),
      socket: required('SocketUrl'),
      ...(tokenUrl !== undefined && { tokenUrl }),
      ...(signInUrl !== undefined && { signInUrl }),
    },
    allowedOrigins: textsOf(required('AllowedOrigins')),
  };
}

/** What to tell whoever deployed: the site cannot call an API whose list of origins lacks it. */
export function missingOrigin({ siteUrl, allowedOrigins }: StageOutputs): string | undefined {
  if (allowedOrigins.length === 0 || allowedOrigins.includes(siteUrl)) return undefined;
  const origins = JSON.stringify([...allowedOrigins, siteUrl]);
  return `The APIs do not let ${siteUrl} in yet. Deploy once more with PARLEY_ORIGINS='${origins}'.`;
}

function textsOf(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

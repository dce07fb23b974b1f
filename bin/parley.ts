/** The CDK app: bundles the functions and synthesizes the stacks, offline. `--output DIR` or CDK_OUTDIR says where to. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { App } from 'aws-cdk-lib';

import { bundleHandlers } from '../lib/infra/bundle.ts';
import { addStacks } from '../lib/infra/chat-app.ts';
import { configFrom, settingsOf, type ChatConfig } from '../lib/infra/config.ts';

const startedAt = performance.now();
const { values } = parseArgs({ options: { output: { type: 'string' } } });
const root = resolve(import.meta.dirname, '..');
const outdir = values.output ?? process.env['CDK_OUTDIR'] ?? 'cdk.out';

const app = new App({ outdir });
const config = readConfig();
const bundleOf = await bundleHandlers({ root, out: resolve(root, 'build/functions') });
addStacks(app, config, bundleOf);
app.synth();

const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
console.error(`Synthesized stage ${config.stage} into ${outdir} in ${seconds} s.`);

/** A wrong setting is its owner's to mend: the sentence that says so, and no stack. */
function readConfig(): ChatConfig {
  try {
    return configFrom(settingsOf(process.env, (name) => app.node.tryGetContext(name)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return process.exit(1);
  }
}

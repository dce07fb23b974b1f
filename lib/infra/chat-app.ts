/** The whole app: the data stack and the chat stack of one stage. */
import { type App, Tags } from 'aws-cdk-lib';

import type { BundleOf } from './bundle.ts';
import { ChatStack } from './chat-stack.ts';
import type { ChatConfig } from './config.ts';
import { DataStack } from './data-stack.ts';

/** Adds the stage's stacks to an app: `Parley-dev-Data`, `Parley-dev-Chat`. */
export function addStacks(app: App, config: ChatConfig, bundleOf: BundleOf) {
  const data = new DataStack(app, `Parley-${config.stage}-Data`, {
    config,
    description: `Parley ${config.stage}: tables and files`,
    terminationProtection: config.keepsData,
  });
  const chat = new ChatStack(app, `Parley-${config.stage}-Chat`, {
    config,
    tables: data.tables,
    attachments: data.attachments.bucket,
    bundleOf,
    description: `Parley ${config.stage}: APIs and functions`,
  });
  Tags.of(app).add('parley:stage', config.stage);
  return { data, chat };
}

/** The whole app: the stacks of one stage, for data, chat and site. */
import { type App, Tags } from 'aws-cdk-lib';

import type { BundleOf } from './bundle.ts';
import { ChatStack } from './chat-stack.ts';
import type { ChatConfig } from './config.ts';
import { DataStack } from './data-stack.ts';
import { SiteStack } from './site/site-stack.ts';

/** Adds the stage's stacks to an app: `Parley-dev-Data`, `Parley-dev-Chat`, `Parley-dev-Site`. */
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
  const site = new SiteStack(app, `Parley-${config.stage}-Site`, {
    config,
    api: chat.api,
    attachments: data.attachments.bucket,
    description: `Parley ${config.stage}: shop, chat and inbox`,
  });
  Tags.of(app).add('parley:stage', config.stage);
  return { data, chat, site };
}

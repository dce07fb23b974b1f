/** The stack of the web, apart from the chat's: CloudFront takes minutes, and the chat runs without it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

import type { ChatConfig } from '../config.ts';
import { Site } from './site.ts';

/** What the site stands beside. */
export interface SiteStackProps extends StackProps {
  readonly config: ChatConfig;
  /** The APIs' origins. */
  readonly api: { readonly origin: string; readonly socketOrigin: string };
  readonly attachments: Bucket;
}

/** The site of a stage, and the outputs from which the deployment fills it. */
export class SiteStack extends Stack {
  readonly site: Site;

  constructor(scope: Construct, id: string, props: SiteStackProps) {
    super(scope, id, props);
    const { config, api, attachments } = props;
    const { domain, tokenUrl, signInUrl } = config.site;
    this.site = new Site(this, 'Site', {
      domain,
      neighbours: {
        apis: [api.origin, api.socketOrigin],
        files: `https://${attachments.bucketRegionalDomainName}`,
        tokenUrl,
      },
    });
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    const host = domain?.name ?? this.site.distribution.distributionDomainName;
    output('SiteUrl', `https://${host}`, 'The site: shop, chat and inbox');
    output('SiteBucket', this.site.bucket.bucketName, 'Where the deployment puts its files');
    output('SiteRegion', this.region, 'The region of that bucket');
    output(
      'DistributionHost',
      this.site.distribution.distributionDomainName,
      'What the DNS record of an own domain points to',
    );
    if (tokenUrl !== undefined) output('TokenUrl', tokenUrl, 'Where the site gets tokens');
    if (signInUrl !== undefined) output('SignInUrl', signInUrl, 'Where people sign in');
  }
}

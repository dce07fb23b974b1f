/** The access logs of both APIs: one JSON line, nothing private in it. */
import { describe, expect, it } from 'vitest';

import { chatTemplate, referencesIn, resourceOf } from './stage.ts';

const template = chatTemplate();

describe.each(['Socket', 'Http'])('the access log of the %s API', (name) => {
  const settings = resourceOf(template, 'AWS::ApiGatewayV2::Stage', name).properties[
    'AccessLogSettings'
  ] as { DestinationArn: unknown; Format: string };
  const line = JSON.parse(settings.Format) as Record<string, string>;

  it('goes to a log group of its own', () => {
    const [group] = referencesIn(settings.DestinationArn);
    expect(group).toBe(resourceOf(template, 'AWS::Logs::LogGroup', `${name}AccessLogs`).id);
  });

  it('is one line of JSON that names request, route and status', () => {
    expect(settings.Format).not.toContain('\n');
    expect(line).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
    });
  });

  it('says nothing of addresses, browsers and tokens', () => {
    expect(settings.Format).not.toMatch(/sourceIp|userAgent|authorizer\.claims|querystring|path/iu);
  });
});

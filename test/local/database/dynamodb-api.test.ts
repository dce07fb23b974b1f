import http from 'node:http';

import { afterEach, describe, expect, it } from 'vitest';

import { createDynamodbApi } from '../../../lib/local/database/dynamodb-api.ts';

let server: http.Server | undefined;
afterEach(() => server?.close());

/** An engine that answers everything alike and remembers what it was asked. */
async function engineAnswering(status: number, body: string) {
  const requests: http.IncomingMessage[] = [];
  const started = http.createServer((request, response) => {
    requests.push(request);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  server = started;
  const address = started.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const api = createDynamodbApi({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    accessKeyId: 'AKID',
    secretAccessKey: 'secret',
  });
  return { api, requests };
}

describe("the runtime's DynamoDB client", () => {
  it('signs a call for the operation, tables and streams alike', async () => {
    const { api, requests } = await engineAnswering(200, '{"ok":true}');
    expect(await api.table('ListTables', {})).toEqual({ ok: true });
    await api.stream('GetRecords', {});
    api.close();
    expect(requests.map(({ headers }) => headers['x-amz-target'])).toEqual([
      'DynamoDB_20120810.ListTables',
      'DynamoDBStreams_20120810.GetRecords',
    ]);
    expect(requests[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/u,
    );
  });

  it("rejects with the engine's own name for a refusal", async () => {
    const body = '{"__type":"com.amazonaws#ResourceNotFoundException","message":"no such table"}';
    const { api } = await engineAnswering(400, body);
    await expect(api.table('DescribeTable', {})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'DescribeTable: no such table',
    });
    api.close();
  });

  it('rejects where nothing listens', async () => {
    const { api } = await engineAnswering(200, '{}');
    server?.close();
    server?.closeAllConnections();
    await expect(api.table('ListTables', {})).rejects.toThrow(/ECONNREFUSED/u);
    api.close();
  });
});

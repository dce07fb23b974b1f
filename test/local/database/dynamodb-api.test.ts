import http from 'node:http';

import { afterEach, describe, expect, it } from 'vitest';

import { createDynamodbApi } from '../../../lib/local/database/dynamodb-api.ts';

let server: http.Server | undefined;
afterEach(() => server?.close());

/** An engine that answers everything alike, so many times over each connection, and remembers what it was asked. */
async function engineAnswering(status: number, body: string, timesEach = Infinity) {
  const requests: http.IncomingMessage[] = [];
  const started = http.createServer((request, response) => {
    const { length: before } = requests.filter(({ socket }) => socket === request.socket);
    requests.push(request);
    if (before < timesEach) response.writeHead(status).end(body);
    else request.socket.destroy();
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

  it('calls again where the engine ends a connection that was kept', async () => {
    const { api, requests } = await engineAnswering(200, '{"ok":true}', 1);
    for (let call = 0; call < 3; call += 1) {
      expect(await api.table('ListTables', {})).toEqual({ ok: true });
    }
    api.close();
    expect(requests).toHaveLength(5);
  });

  it('rejects where a connection of its own ends', async () => {
    const { api, requests } = await engineAnswering(200, '{}', 0);
    await expect(api.table('ListTables', {})).rejects.toThrow('socket hang up');
    api.close();
    expect(requests).toHaveLength(1);
  });
});

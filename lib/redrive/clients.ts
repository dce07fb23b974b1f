/** The SDK's clients that a redrive needs, for an account or for the local runtime. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Open clients; close them when done. */
export interface Clients {
  readonly sqs: SQSClient;
  readonly streams: DynamoDBStreamsClient;
  readonly lambda: LambdaClient;
  readonly database: DynamoDBClient;
  close(): void;
}

/** A function may work for its minute before it answers. */
const ANSWER_WITHIN_MS = 90_000;

/**
 * Opens them with the region and the credentials of this process, as the SDK finds them.
 * @param localUrl `http://localhost:4000` for the runtime there, which takes any key that it was started with
 */
export function openClients(localUrl?: string): Clients {
  const optionsFor = (service: string) =>
    localUrl === undefined
      ? {}
      : {
          endpoint: `${localUrl}/local/${service}`,
          region: process.env['AWS_REGION'] ?? 'us-east-1',
          credentials: {
            accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'local',
            secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'local',
          },
        };
  const requestHandler = { requestTimeout: ANSWER_WITHIN_MS, throwOnRequestTimeout: true };
  const sqs = new SQSClient({
    ...optionsFor('sqs'),
    // The SDK would rather call the host that a queue's address names.
    ...(localUrl !== undefined && { useQueueUrlAsEndpoint: false }),
  });
  const streams = new DynamoDBStreamsClient(optionsFor('dynamodb'));
  const database = new DynamoDBClient(optionsFor('dynamodb'));
  const lambda = new LambdaClient({ ...optionsFor('lambda'), requestHandler });
  const all = [sqs, streams, database, lambda];
  return { sqs, streams, database, lambda, close: () => all.forEach((it) => it.destroy()) };
}

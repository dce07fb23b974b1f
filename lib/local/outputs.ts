/** `GET /local/outputs`: what the stacks put out, for tools that find a deployment's queues and functions by it. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers `/local/outputs`. */
export interface OutputsPage {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** The outputs by name, as one JSON object. */
export function createOutputsPage(outputs: Readonly<Record<string, string>>): OutputsPage {
  return {
    handle(_, response) {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(outputs));
      return Promise.resolve();
    },
  };
}

/** The structured log: short lines without anything private, because logs are priced by the byte and read by many. */
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/** Keys whose values never reach a log, however deep they stand in what is logged. */
const PRIVATE_KEYS = new Set([
  'authorization',
  'email',
  'name',
  'preview',
  'product',
  'text',
  'token',
  'vendorName',
]);

const MAX_CAUSES = 3;
const MAX_STACK_LINES = 5;

/** What is left of an error: enough to find it, nothing of the data it happened with. */
function describe(error: Error, causes: number): LogAttributes {
  const lines = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    type: error.name,
    message: error.message,
    stack: lines.slice(0, MAX_STACK_LINES).map((line) => line.trim()),
    ...(error.cause instanceof Error && causes > 0
      ? { cause: describe(error.cause, causes - 1) }
      : {}),
  };
}

/** Powertools' own formatter repeats the function's ARN and memory on every line: this one doesn't. */
class ShortFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, rest: LogAttributes): LogItem {
    return new LogItem({
      attributes: {
        level: attributes.logLevel,
        timestamp: attributes.timestamp.toISOString(),
        message: attributes.message,
        requestId: attributes.lambdaContext?.awsRequestId,
      },
    }).addAttributes(rest);
  }

  override formatError(error: Error): LogAttributes {
    return describe(error, MAX_CAUSES);
  }
}

/** The one logger of an environment. Level and service come from its own variables. */
export const logger = new Logger({
  logFormatter: new ShortFormatter(),
  jsonReplacerFn: (key, value) => (PRIVATE_KEYS.has(key) ? '[private]' : value),
});

/** The counters of an environment, in CloudWatch's embedded format: one line per invocation that counted something. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Everything that is counted. Dashboards and alarms name these. */
export type Counter =
  | 'MessagesSent'
  | 'MessagesRetried'
  | 'PushSent'
  | 'PushGone'
  | 'PushBusy'
  | 'Settled'
  | 'PoisonRecords'
  | 'Connected'
  | 'Refused'
  | 'RateLimited'
  | 'InternalErrors';

const metrics = new Metrics();

/** Adds to a counter; nothing is written for zero. */
export function count(counter: Counter, amount = 1): void {
  if (amount > 0) metrics.addMetric(counter, MetricUnit.Count, amount);
}

/** Writes what was counted in this invocation, or nothing. */
export function flushMetrics(requestId: string): void {
  if (!metrics.hasStoredMetrics()) return;
  metrics.addMetadata('requestId', requestId);
  metrics.publishStoredMetrics();
}

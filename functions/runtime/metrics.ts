/** The counters of an environment, in CloudWatch's embedded format: one line per invocation that counted something. */
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * Everything that is counted; dashboards and alarms name these. Pushes that succeed are not among them: the
 * gateway counts its messages itself, and a line for every typing frame would cost more than the frame.
 */
export type Counter =
  | 'MessagesSent'
  | 'MessagesRetried'
  | 'PushGone'
  | 'PushBusy'
  | 'Settled'
  | 'RemindersQueued'
  | 'MembersTold'
  | 'EventsPublished'
  | 'PoisonRecords'
  | 'Connected'
  | 'Refused'
  | 'RateLimited'
  | 'InternalErrors';

const metrics = new Metrics();
const counts = new Map<Counter, number>();

/** Adds to a counter of this invocation. */
export function count(counter: Counter, amount = 1): void {
  counts.set(counter, (counts.get(counter) ?? 0) + amount);
}

/** Writes what was counted in this invocation, or nothing. */
export function flushMetrics(requestId: string): void {
  if (counts.size === 0) return;
  for (const [counter, amount] of counts) metrics.addMetric(counter, MetricUnit.Count, amount);
  counts.clear();
  metrics.addMetadata('requestId', requestId);
  metrics.publishStoredMetrics();
}

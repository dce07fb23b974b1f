/** The event buses of a template, their rules and where these lead. */
import type { BusModel, RuleModel, RuleTarget } from '../model.ts';
import { jsonOf, listOf, textOf } from '../json.ts';
import type { Resource } from './deployment.ts';
import type { FindResources } from './gateway-models.ts';
import { functionIn } from './properties.ts';
import { queueIn } from './queue-models.ts';
import { PLACE } from './resource-types.ts';

/** A bus. */
export function busOf({ id, ref }: Resource): BusModel {
  const arn = `arn:${PLACE.partition}:events:${PLACE.region}:${PLACE.account}:event-bus/${ref}`;
  return { logicalId: id, busName: ref, arn };
}

/**
 * A rule; one that is disabled takes nothing.
 * @throws Error for a schedule, a transformed input or a target that is not played here
 */
export function ruleOf({ id, properties }: Resource, find: FindResources): RuleModel {
  if (properties['ScheduleExpression'] !== undefined) {
    throw new Error(`${id}: the local runtime plays rules of events, not schedules.`);
  }
  const isEnabled = (properties['State'] ?? 'ENABLED') !== 'DISABLED';
  const targets = isEnabled ? listOf(properties['Targets']).map(jsonOf) : [];
  return {
    logicalId: id,
    busName: textOf(properties['EventBusName'], 'default').split('/').pop() ?? 'default',
    pattern: jsonOf(properties['EventPattern']),
    targets: targets.flatMap((target) => {
      if (['Input', 'InputPath', 'InputTransformer'].some((key) => key in target)) {
        throw new Error(`${id}: the local runtime hands events on as they are, not transformed.`);
      }
      return targetOf(find, textOf(target['Arn']), id);
    }),
  };
}

function targetOf(find: FindResources, arn: string, ruleId: string): readonly RuleTarget[] {
  switch (arn.split(':')[2] ?? '') {
    case 'lambda':
      return [{ kind: 'function', id: functionIn(find, arn, ruleId) }];
    case 'sqs':
      return [{ kind: 'queue', id: queueIn(find, arn, ruleId) }];
    case 'logs':
      // The tail of `npm start -- --events` shows what a log group would hold.
      return [];
    default:
      throw new Error(`${ruleId}: the local runtime knows no rule target such as ${arn}.`);
  }
}

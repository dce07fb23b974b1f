import { describe, expect, it } from 'vitest';

import { busOf, ruleOf } from '../../../lib/local/template/bus-models.ts';
import { aResource, among } from '../fixtures/resources.ts';

const find = among(
  aResource('AWS::Lambda::Function', 'Frame'),
  aResource('AWS::SQS::Queue', 'Failures'),
);

const ruleWith = (properties: object) =>
  ruleOf(aResource('AWS::Events::Rule', 'Mail', { EventPattern: {}, ...properties }), find);

const targets = (...arns: readonly string[]) => ({
  Targets: arns.map((Arn, at) => ({ Id: String(at), Arn })),
});

it('reads a bus by its name', () => {
  expect(busOf(aResource('AWS::Events::EventBus', 'Bus'))).toEqual({
    logicalId: 'Chat/Bus',
    busName: 'Chat-Bus',
    arn: 'arn:aws:events:us-east-1:000000000000:event-bus/Chat-Bus',
  });
});

describe('ruleOf', () => {
  it('reads its pattern, its bus and its targets', () => {
    const rule = ruleWith({
      EventBusName: 'Chat-Bus',
      EventPattern: { source: ['parley'] },
      ...targets(
        'arn:aws:lambda:us-east-1:0:function:Chat-Frame',
        'arn:aws:sqs:us-east-1:0:Chat-Failures',
        'arn:aws:logs:us-east-1:0:log-group:all',
      ),
    });
    expect(rule).toEqual({
      logicalId: 'Chat/Mail',
      busName: 'Chat-Bus',
      pattern: { source: ['parley'] },
      targets: [
        { kind: 'function', id: 'Chat/Frame' },
        { kind: 'queue', id: 'Chat/Failures' },
      ],
    });
  });

  it('knows its bus by the ARN too', () => {
    expect(ruleWith({ EventBusName: 'arn:aws:events:r:0:event-bus/Chat-Bus' }).busName).toBe(
      'Chat-Bus',
    );
  });

  it('sends nothing anywhere while it is disabled', () => {
    const disabled = ruleWith({ State: 'DISABLED', ...targets('arn:aws:sqs:r:0:Chat-Failures') });
    expect(disabled.targets).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['a schedule', { ScheduleExpression: 'rate(1 minute)' }, /not schedules/u],
    ['another target', targets('arn:aws:states:r:0:stateMachine:x'), /no rule target such as/u],
    ['a function that is not there', targets('arn:aws:lambda:r:0:function:Lost'), /Lost/u],
    ['a queue that is not there', targets('arn:aws:sqs:r:0:Lost'), /Lost/u],
    [
      'a transformed input',
      { Targets: [{ Arn: 'arn:aws:sqs:r:0:Chat-Failures', InputPath: '$.detail' }] },
      /not transformed/u,
    ],
  ])('refuses %s', (_, properties, message) => {
    expect(() => ruleWith(properties)).toThrow(message);
  });
});

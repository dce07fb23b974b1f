/** The queue of reminders and the bus: private, bounded, and fed to one function. */
import { describe, expect, it } from 'vitest';

import { chatTemplate, referencesIn, resourceOf, resourcesOf } from './stage.ts';

const template = chatTemplate();
const queue = resourceOf(template, 'AWS::SQS::Queue', 'RemindersQueue');
const failures = resourceOf(template, 'AWS::SQS::Queue', 'RemindersFailures');
const bus = resourceOf(template, 'AWS::Events::EventBus');
const reminders = resourceOf(template, 'AWS::Lambda::Function', 'StreamReminders');

describe('the queue of reminders', () => {
  it('hides a reminder for six times as long as its function may work', () => {
    expect(queue.properties['VisibilityTimeout']).toBe(6 * Number(reminders.properties['Timeout']));
  });

  it('gives up after five receives, and keeps what it gave up for two weeks', () => {
    expect(queue.properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [failures.id, 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(failures.properties['MessageRetentionPeriod']).toBe(14 * 24 * 3_600);
  });

  it.each([queue, failures])(
    '$id is encrypted and refuses plain connections',
    ({ id, properties }) => {
      expect(properties['SqsManagedSseEnabled']).toBe(true);
      const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy').filter((it) =>
        referencesIn(it.properties['Queues']).includes(id),
      );
      expect(policies.map((it) => it.properties['PolicyDocument'])).toMatchObject([
        {
          Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
        },
      ]);
    },
  );

  it('feeds its function ten at a time, each failing alone', () => {
    const mapping = resourceOf(template, 'AWS::Lambda::EventSourceMapping', 'RemindersDue');
    expect(mapping.properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [queue.id, 'Arn'] },
      FunctionName: { Ref: reminders.id },
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });
});

describe('the bus', () => {
  it('is the stage’s own', () => {
    expect(bus.properties['Name']).toBe('parley-dev');
  });

  it('is known to the functions, with the queue and what is to be told', () => {
    const { Variables } = reminders.properties['Environment'] as {
      Variables: Record<string, unknown>;
    };
    expect(Variables).toMatchObject({
      REMINDERS_QUEUE_URL: { Ref: queue.id },
      EVENT_BUS: { Ref: bus.id },
      REMINDERS: '{"unreadMinutes":5,"waitingMinutes":60}',
      EVENTS: '["room.created","room.closed","member.unread","customer.waiting"]',
    });
  });
});

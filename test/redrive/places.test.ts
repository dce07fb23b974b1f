import { describe, expect, it } from 'vitest';

import { placesIn } from '../../lib/redrive/places.ts';

const OUTPUTS = {
  FailedRecordsQueueUrl: 'https://sqs/1',
  FailedRemindersQueueUrl: 'https://sqs/2',
  RemindersQueueUrl: 'https://sqs/3',
  SettleFunctionName: 'settle',
  MessagesTableName: 'messages',
};

describe('placesIn', () => {
  it.each([
    ['of a local server', OUTPUTS],
    ['of stacks', { 'Parley-dev-Site': { SiteUrl: 'x' }, 'Parley-dev-Chat': OUTPUTS }],
  ])('finds them among the outputs %s', (_, outputs) => {
    expect(placesIn(JSON.stringify(outputs))).toEqual({
      failedRecords: 'https://sqs/1',
      failedReminders: 'https://sqs/2',
      reminders: 'https://sqs/3',
      settleFunction: 'settle',
      messagesTable: 'messages',
    });
  });

  it('names the output that an older deployment lacks', () => {
    const { SettleFunctionName: _, ...older } = OUTPUTS;
    expect(() => placesIn(JSON.stringify(older))).toThrow(/no SettleFunctionName: deploy/u);
  });
});

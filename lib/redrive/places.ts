/** Where a deployment's queues and functions are, by what its stacks put out. */

/** What a redrive works on. */
export interface RedrivePlaces {
  /** Queues by their addresses. */
  readonly failedRecords: string;
  readonly failedReminders: string;
  readonly reminders: string;
  /** The function behind the stream of messages, and the table. */
  readonly settleFunction: string;
  readonly messagesTable: string;
}

/**
 * Finds them among the outputs: of one deployment by name, or of all its stacks as the CDK's CLI writes them.
 * @throws Error naming the output that is missing
 */
export function placesIn(text: string): RedrivePlaces {
  const outputs = new Map(entriesOf(JSON.parse(text)));
  const required = (name: string) => {
    const value = outputs.get(name);
    if (value !== undefined) return value;
    throw new Error(`The deployment puts out no ${name}: deploy this version first.`);
  };
  return {
    failedRecords: required('FailedRecordsQueueUrl'),
    failedReminders: required('FailedRemindersQueueUrl'),
    reminders: required('RemindersQueueUrl'),
    settleFunction: required('SettleFunctionName'),
    messagesTable: required('MessagesTableName'),
  };
}

function entriesOf(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) =>
    typeof part === 'string' ? [[name, part] as [string, string]] : entriesOf(part),
  );
}

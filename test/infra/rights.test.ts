/** What each function may do, read back from the roles in the template. */
import { describe, expect, it } from 'vitest';

import { HANDLERS, type HandlerName } from '../../lib/infra/bundle.ts';
import { chatTemplate, referencesIn, resourceOf, resourcesOf } from './stage.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const template = chatTemplate();
const policies = resourcesOf(template, 'AWS::IAM::Policy');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Every function, and each thing it may do: `Query rooms/byLane`. */
const ALLOWED: Readonly<Record<HandlerName, readonly string[]>> = {
  'socket/authorizer': [],
  'socket/connect': [
    'Query connections',
    'PutItem connections',
    'DeleteItem connections',
    'GetItem profiles',
    'UpdateItem profiles',
    'DELETE socket',
  ],
  'socket/disconnect': ['DeleteItem connections'],
  'socket/frame': [
    'GetItem rooms',
    'UpdateItem rooms',
    'PutItem messages',
    'Query messages',
    'GetItem connections',
    'Query connections',
    'UpdateItem connections',
    'DeleteItem connections',
    'GetItem profiles',
    'PutItem profiles',
    'GetObject pending/',
    'GetObject rooms/',
    'PutObject rooms/',
    'DeleteObject rooms/',
    'ListBucket files',
    'POST socket',
    'DELETE socket',
  ],
  'http/rooms': [
    'GetItem rooms',
    'BatchGetItem rooms',
    'Query rooms',
    'PutItem rooms',
    'UpdateItem rooms',
    'DeleteItem rooms',
    'Query rooms/byVendor',
    'Query rooms/byCustomer',
    'Query rooms/byLane',
    'PutItem messages',
    'Query messages',
    'Query connections',
    'DeleteItem connections',
    'GetItem profiles',
    'PutItem profiles',
    'POST socket',
    'DELETE socket',
  ],
  'http/messages': [
    'GetItem rooms',
    'UpdateItem rooms',
    'PutItem messages',
    'Query messages',
    'Query connections',
    'DeleteItem connections',
    'GetItem profiles',
    'PutItem profiles',
    'GetObject pending/',
    'GetObject rooms/',
    'PutObject rooms/',
    'DeleteObject rooms/',
    'ListBucket files',
    'POST socket',
    'DELETE socket',
  ],
  'http/attachments': [
    'GetItem rooms',
    'GetItem profiles',
    'PutItem profiles',
    'PutObject pending/',
    'GetObject rooms/',
    'ListBucket files',
  ],
  'http/vendors': ['GetItem profiles', 'PutItem profiles', 'UpdateItem profiles'],
  'http/admin': [
    'Query connections',
    'DeleteItem connections',
    'GetItem profiles',
    'PutItem profiles',
    'DELETE socket',
  ],
  'http/public': ['GetItem profiles'],
  'stream/messages': [
    'GetItem rooms',
    'UpdateItem rooms',
    'PutItem messages',
    'Query messages',
    'Query connections',
    'DeleteItem connections',
    'GetItem profiles',
    'PutItem profiles',
    'UpdateItem profiles',
    'Query profiles',
    'DeleteObject rooms/',
    'POST socket',
    'DELETE socket',
    'stream messages',
    'SendMessage failures',
    'SendMessage reminders',
    'PutEvents bus',
  ],
  'stream/connections': [
    'BatchGetItem rooms',
    'Query rooms/byVendor',
    'Query rooms/byCustomer',
    'Query connections',
    'DeleteItem connections',
    'GetItem profiles',
    'PutItem profiles',
    'POST socket',
    'DELETE socket',
    'stream connections',
    'SendMessage failures',
  ],
  'stream/reminders': [
    'GetItem rooms',
    'Query messages',
    'Query connections',
    'GetItem profiles',
    'PutItem profiles',
    'SendMessage reminders',
    'ReceiveMessage reminders',
    'DeleteMessage reminders',
    'PutEvents bus',
  ],
};

/** What a statement allows, in the words of the table above. Logs and traces are everybody's. */
function describeStatement({ Action, Resource }: Statement): readonly string[] {
  const verbs = listOf(Action).map((action) => String(action).replace(/^.*:/u, ''));
  return listOf(Resource).flatMap((resource) => {
    const text = JSON.stringify(resource);
    const table = /FnGetAtt(Rooms|Messages|Connections|Profiles)/u.exec(text)?.[1]?.toLowerCase();
    if (table === undefined) return otherRights(text, verbs);
    if (verbs.includes('GetRecords')) return [`stream ${table}`];
    const index = /\/index\/(\w+)/u.exec(text)?.[1];
    return verbs.map((verb) => `${verb} ${index === undefined ? table : `${table}/${index}`}`);
  });
}

function otherRights(resource: string, verbs: readonly string[]): readonly string[] {
  if (resource.includes('FnGetAttAttachments')) {
    const place = /"\/(\w+\/)\*"/u.exec(resource)?.[1] ?? 'files';
    return verbs.map((verb) => `${verb} ${place}`);
  }
  const call = /"\/dev\/(\w+)\/@connections\/\*"/u.exec(resource)?.[1];
  if (verbs.includes('ManageConnections')) return [`${call} socket`];
  if (resource.includes('RemindersQueue')) return verbs.map((verb) => `${verb} reminders`);
  if (resource.includes('RemindersBus')) return verbs.map((verb) => `${verb} bus`);
  if (verbs.includes('SendMessage')) return ['SendMessage failures'];
  return verbs.includes('PutLogEvents') || verbs.includes('PutTraceSegments')
    ? []
    : verbs.map((verb) => `${verb} ${resource}`);
}

function statementsOf(handler: HandlerName): readonly Statement[] {
  const words = handler.split('/').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return policies
    .filter((it) =>
      referencesIn(it.properties['Roles']).some((id) => id.startsWith(`${words.join('')}Role`)),
    )
    .flatMap((it) => (it.properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
}

describe('the rights', () => {
  it.each(HANDLERS)('of %s are exactly those it needs', (handler) => {
    const allowed = statementsOf(handler).flatMap(describeStatement);
    // SendMessage comes with the two calls that describe the queue.
    const rights = allowed.filter((it) => !it.startsWith('GetQueue'));
    expect(rights.toSorted()).toEqual(ALLOWED[handler].toSorted());
  });

  it.each(HANDLERS)('of %s let it write its own log and nobody else’s', (handler) => {
    const logs = statementsOf(handler).filter((it) =>
      listOf(it.Action).includes('logs:PutLogEvents'),
    );
    const group = resourceOf(
      template,
      'AWS::Logs::LogGroup',
      `${handler.replace(/(?:^|\/)(\w)/gu, (_, letter: string) => letter.toUpperCase())}Logs`,
    );
    expect(logs.map((it) => referencesIn(it.Resource))).toEqual([[group.id]]);
  });

  it('name every action, and every resource but that of the traces', () => {
    const statements = HANDLERS.flatMap(statementsOf);
    expect(statements.length).toBeGreaterThan(HANDLERS.length);
    for (const { Effect, Action } of statements) {
      expect(Effect).toBe('Allow');
      expect(listOf(Action).filter((action) => String(action).includes('*'))).toEqual([]);
    }
    const unbound = statements.filter(({ Resource }) => listOf(Resource).includes('*'));
    expect(new Set(unbound.flatMap(({ Action }) => listOf(Action)))).toEqual(
      new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']),
    );
  });

  it('come from the roles’ own policies alone', () => {
    const roles = resourcesOf(template, 'AWS::IAM::Role').filter(
      ({ id }) => !id.startsWith('GatewayAccount'),
    );
    expect(roles).toHaveLength(HANDLERS.length);
    for (const { properties } of roles) {
      expect(properties['ManagedPolicyArns']).toBeUndefined();
      expect(properties['Policies']).toBeUndefined();
    }
  });
});

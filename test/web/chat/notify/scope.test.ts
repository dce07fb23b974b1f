/** The name under which a browser keeps what is one person's own. */
import { describe, expect, it } from 'vitest';

import type { ChatClient, Identity } from '#client/chat.ts';

import { scopeOf, withApi } from '../../../../web/chat/notify/scope.ts';

const aClient = (api: string) => withApi({} as ChatClient, api);
const aPerson = (user: string, member: Identity['member'] = 'vendor:7') => ({
  me: { role: 'vendor', user, member, name: 'Shop', person: 'Ana' } satisfies Identity,
});

describe('the scope', () => {
  it('is of one API, one side and one person', () => {
    const client = aClient('https://a.example/v1');
    const scopes = [
      scopeOf(client, aPerson('ana')),
      scopeOf(client, aPerson('gia')),
      scopeOf(client, aPerson('ana', 'customer:ana')),
      scopeOf(aClient('https://b.example/v1'), aPerson('ana')),
    ];
    expect(new Set(scopes).size).toBe(4);
    expect(scopeOf(aClient('https://a.example/v1'), aPerson('ana'))).toBe(scopes[0]);
  });

  it('is not known before the person is', () => {
    expect(scopeOf(aClient('https://a.example/v1'), { me: null })).toBeNull();
    expect(scopeOf({} as ChatClient, aPerson('ana'))).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import type { Identity } from '#client/chat.ts';
import { withMember } from '#client/staff/identity.ts';

const ANA: Identity = {
  role: 'vendor',
  user: 'ana',
  member: 'vendor:7',
  name: 'Tbilisi Ceramics',
  person: 'Ana',
};

describe('who I am, behind the prefix of an issuer', () => {
  it('has the prefix of the member that a room names', () => {
    expect(withMember(ANA, 'vendor:shop|7')).toMatchObject({
      member: 'vendor:shop|7',
      user: 'shop|ana',
    });
  });

  it('takes the member alone where its id is not the claimed one', () => {
    expect(withMember(ANA, 'vendor:8')).toMatchObject({ member: 'vendor:8', user: 'ana' });
    const renamed = { ...ANA, member: null };
    expect(withMember(renamed, 'vendor:shop|7')).toMatchObject({
      member: 'vendor:shop|7',
      user: 'ana',
    });
    expect(withMember({ ...ANA, user: null }, 'vendor:shop|7').user).toBeNull();
  });
});

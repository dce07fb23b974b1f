/** The people of the demo: who a window may be, and how it proves it to the local issuer. */

/** A person of the demo; its claims become the token's. */
export interface Persona {
  id: string;
  label: string;
  /** The shop that they work for. */
  group?: string;
  claims: {
    sub: string;
    role: 'customer' | 'vendor';
    name: string;
    vendor_id?: string;
    vendor_name?: string;
  };
}

type Role = Persona['claims']['role'];

/** Everybody, the first of each role being the one to begin with. */
export const PERSONAS: readonly Persona[] = [
  customer('nino', '42', 'Nino'),
  customer('giorgi', '43', 'Giorgi Maisuradze'),
  customer('leila', '44', 'ليلى حداد'),
  staff('ana', 'Ana', { id: '7', name: 'Tbilisi Ceramics' }),
  staff('gia', 'Gia', { id: '7', name: 'Tbilisi Ceramics' }),
  staff('luka', 'Luka', { id: '8', name: 'Kakheti Cellar' }),
  staff('mariam', 'Mariam', { id: '9', name: 'Svaneti Wool' }),
  staff('davit', 'Davit', { id: '10', name: 'Rustavi Woodwork' }),
];

function customer(id: string, sub: string, name: string): Persona {
  return { id, label: name, claims: { sub, role: 'customer', name } };
}

function staff(id: string, name: string, vendor: { id: string; name: string }): Persona {
  const claims = { sub: id, role: 'vendor', vendor_id: vendor.id, vendor_name: vendor.name, name };
  return { id, label: name, group: vendor.name, claims: { ...claims, role: 'vendor' } };
}

/** Those who can use a side of the demo. */
export function personasOf(role: Role): Persona[] {
  return PERSONAS.filter(({ claims }) => claims.role === role);
}

/** The part of a tab's storage that is used. */
type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/**
 * Who this tab is on a side of the demo: as the address says (`?as=ana`), else as before, else the first.
 * Each tab remembers for itself, so two windows side by side are two people.
 */
export function currentPersona(role: Role, search: string, storage: Storage): Persona {
  const options = personasOf(role);
  const named = options.find(({ id }) => id === new URLSearchParams(search).get('as'));
  const remembered = options.find(({ id }) => id === storage.getItem(keyOf(role)));
  const persona = named ?? remembered ?? options[0];
  if (persona === undefined) throw new Error(`The demo has nobody who is a ${role}.`);
  rememberPersona(persona, storage);
  return persona;
}

/** Makes this tab that person. */
export function rememberPersona(persona: Persona, storage: Storage): void {
  storage.setItem(keyOf(persona.claims.role), persona.id);
}

function keyOf(role: Role): string {
  return `parley.demo.${role}`;
}

/** A fresh token of the local development issuer. @throws Error when this is no local runtime */
export async function fetchToken(persona: Persona): Promise<string> {
  const answer = await fetch('/local/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(persona.claims),
  });
  if (!answer.ok) throw new Error(`No token from /local/token: it answered ${answer.status}.`);
  const body: unknown = await answer.json();
  return parseToken(body);
}

function parseToken(body: unknown): string {
  const token =
    typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  if (typeof token !== 'string') throw new Error('No token in the answer of /local/token.');
  return token;
}

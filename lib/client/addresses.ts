/** The addresses that an application gives a client. */

/** @throws Error that says which one is wrong, and what it must be */
export function checkAddress(name: string, address: string, protocols: readonly string[]): void {
  if (URL.canParse(address) && protocols.includes(new URL(address).protocol)) return;
  throw new Error(
    `createChatClient: "${name}" must be an absolute ${protocols.join(' or ')} address, not "${address}".`,
  );
}

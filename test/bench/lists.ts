/** What a first page of rooms and the unread counts cost the database, for a shop with few rooms and with many. */
import { Person } from './person.ts';
import type { Scene } from './scene.ts';
import { type Crowd, FEW, OTHERS } from './seeding.ts';
import { report, section } from './table.ts';

const CALLS = {
  'first page of 50': '/rooms',
  'first page that waits': '/rooms?filter=waiting',
  'unread counts': '/unread',
};

/** Measures the calls that open an inbox, in filled tables. */
export async function benchLists(scene: Scene, crowd: Crowd): Promise<void> {
  section('Lists (read units of one call; a tenth of the rooms waits for an answer)');
  await reportShop(scene, crowd.newVendorId, `${FEW} rooms`);
  await reportShop(scene, crowd.vendorId, `${OTHERS.toLocaleString('en')} rooms`);
}

async function reportShop(scene: Scene, vendorId: string, whose: string): Promise<void> {
  const { url, socketUrl } = scene.stack;
  const staff = { sub: crypto.randomUUID(), role: 'vendor', vendor_id: vendorId } as const;
  const person = new Person({ url, socketUrl, token: await scene.stack.token(staff) });
  for (const [name, path] of Object.entries(CALLS)) {
    const { meter, wallMs } = await scene.measure(
      async () => void (await person.call('GET', path)),
    );
    report({
      name: `${name}, ${whose}`,
      value: meter.readUnits,
      unit: 'read units',
      note: `${meter.writeUnits} write units, ${wallMs.toFixed(0)} ms in the function`,
    });
  }
}

/** What a message costs the database: in a burst, in a crowd, after an hour, and when both write at once. */
import { report, section } from './table.ts';
import type { Meter } from './metering-proxy.ts';
import type { Scene, Usage } from './scene.ts';
import { agedAnHour, OTHERS } from './seeding.ts';
import { textOf } from './words.ts';

const MESSAGES = 200;
const MAX_WRITE_UNITS = 2.1;
const MAX_READ_UNITS = 2.6;

/** Measures a burst in empty tables, and what the room's later life costs. */
export async function benchCapacity(scene: Scene): Promise<void> {
  section(`Capacity per message (units the database reports, ${MESSAGES} messages in a burst)`);
  const burst = await measureBurst(scene);
  reportUnits('two people', burst, { messages: MESSAGES, isBudgeted: true });
  reportCalls(burst.meter);
  await agedAnHour(scene);
  const lone = await scene.measure(() => scene.exchange(MESSAGES, 'http'));
  reportUnits('a lone message after an hour', lone, { messages: 1, isBudgeted: false });
  const rivals = await scene.measure(() => bothAtOnce(scene));
  const rivalry = { messages: MESSAGES, isBudgeted: false };
  reportUnits('both writing at the same instant', rivals, rivalry);
  reportScans([burst, lone, rivals]);
}

/** Measures the same burst in a shop with ten thousand other rooms. */
export async function benchCrowd(scene: Scene): Promise<void> {
  const burst = await measureBurst(scene);
  const others = `among ${OTHERS.toLocaleString('en')} others`;
  reportUnits(others, burst, { messages: MESSAGES, isBudgeted: true });
  reportScans([burst]);
}

/** The first message carries the product. */
function measureBurst(scene: Scene): Promise<Usage> {
  return scene.measure(async () => {
    for (let count = 0; count < MESSAGES; count += 1) await scene.exchange(count, 'http');
  });
}

/** Each side sends one after the other, and neither waits for the other: numbers collide. */
async function bothAtOnce({ customer, shop, roomId }: Scene): Promise<void> {
  await Promise.all(
    [customer, shop].map(async (person) => {
      for (let count = 0; count < MESSAGES / 2; count += 1) {
        await person.say({ roomId, text: textOf(count) });
      }
    }),
  );
}

function reportUnits(
  name: string,
  { meter }: Usage,
  { messages, isBudgeted }: { messages: number; isBudgeted: boolean },
): void {
  const write = { name: `write units, ${name}`, value: meter.writeUnits / messages, unit: 'units' };
  const read = { name: `read units, ${name}`, value: meter.readUnits / messages, unit: 'units' };
  report(isBudgeted ? { ...write, budget: MAX_WRITE_UNITS } : write);
  report(isBudgeted ? { ...read, budget: MAX_READ_UNITS } : read);
}

/** Which calls a message is made of. */
function reportCalls({ calls }: Meter): void {
  for (const [name, { count, units }] of Object.entries(calls)) {
    report({
      name: `  of which ${name}`,
      value: units / MESSAGES,
      unit: 'units',
      note: `${(count / MESSAGES).toFixed(2)} calls`,
    });
  }
}

function reportScans(usages: readonly Usage[]): void {
  const calls = usages.flatMap(({ meter }) => Object.entries(meter.calls));
  const scans = calls.filter(([name]) => name.startsWith('Scan'));
  const value = scans.reduce((sum, [, { count }]) => sum + count, 0);
  report({ name: 'scans', value, unit: 'calls', budget: 0 });
}

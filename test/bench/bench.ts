/** `npm run bench`: prints every figure beside its budget, and fails where one is exceeded. */
import { benchBundles } from './bundles.ts';
import { benchCapacity, benchCrowd } from './capacity.ts';
import { printConditions } from './conditions.ts';
import { benchDelivery } from './delivery.ts';
import { benchIdle } from './idle.ts';
import { benchLists } from './lists.ts';
import { benchOperations } from './operations.ts';
import { benchPrice } from './price.ts';
import { openScene, type Scene, type SceneOptions } from './scene.ts';
import { openCrowd } from './seeding.ts';
import { benchStartup } from './startup.ts';
import { verdict } from './table.ts';

/** In the order in which they run: memory is measured while the process is young. */
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  idle: benchIdle,
  delivery: benchDelivery,
  price: benchPrice,
  capacity: benchDatabase,
  bundles: () => withScene({}, ({ stack }) => benchBundles(stack.runtime.assembly.functions)),
  startup: benchStartup,
};

await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    console.error(`No part "${unknown}": choose of ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  printConditions();
  const startedAt = performance.now();
  for (const [name, run] of Object.entries(PARTS)) {
    if (names.length === 0 || names.includes(name)) await run();
  }
  console.log(`\nTook ${((performance.now() - startedAt) / 1_000).toFixed(0)} s.`);
  process.exitCode = verdict() ? 0 : 1;
}

/** Capacity in empty tables and in full ones, and the lists of the full ones. */
async function benchDatabase(): Promise<void> {
  const crowd = await withScene({}, async (scene) => {
    await scene.enter();
    await benchCapacity(scene);
    await benchOperations(scene);
    return openCrowd(scene);
  });
  try {
    await withScene(crowd, async (scene) => {
      await scene.enter();
      await benchCrowd(scene);
      await benchLists(scene, crowd);
    });
  } finally {
    await crowd.stop();
  }
}

async function withScene<T>(options: SceneOptions, work: (scene: Scene) => Promise<T>): Promise<T> {
  const scene = await openScene(options);
  try {
    return await work(scene);
  } finally {
    await scene.stop();
  }
}

/** Lighthouse's scores of the shop and of a customer's chat, and how much of them moves while they load. */
import { type Auditor, type Device, startAuditor } from '../../support/lighthouse.ts';
import { quantile, report, section } from '../table.ts';
import { withSite } from './stage.ts';

const RUNS = 3;
const MIN_SCORE = 95;
const PAGES = ['/', '/product/blue-bowl', '/chat'] as const;
const DEVICES: readonly Device[] = ['mobile', 'desktop'];

/** Audits every page on both devices. */
export async function benchPages(): Promise<void> {
  section(`Lighthouse (median of ${RUNS}; a slow phone's network and processor are calculated)`);
  await withSite(async ({ url }) => {
    const auditor = await startAuditor();
    try {
      for (const path of PAGES) {
        for (const device of DEVICES) await auditPage(auditor, { url, path, device });
      }
    } finally {
      await auditor.stop();
    }
  });
}

interface Target {
  readonly url: string;
  readonly path: string;
  readonly device: Device;
}

async function auditPage(auditor: Auditor, { url, path, device }: Target): Promise<void> {
  const performance: number[] = [];
  const shift: number[] = [];
  const paint: number[] = [];
  let others = { accessibility: 0, practices: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const { scores, figures } = await auditor.audit(`${url}${path}`, {
      categories: ['performance', 'accessibility', 'best-practices'],
      device,
    });
    performance.push(scores['performance'] ?? 0);
    shift.push(figures['cumulative-layout-shift'] ?? Number.NaN);
    paint.push(figures['largest-contentful-paint'] ?? Number.NaN);
    others = {
      accessibility: scores['accessibility'] ?? 0,
      practices: scores['best-practices'] ?? 0,
    };
  }
  const name = `${path} on a ${device}`;
  report({
    name: `${name}: performance`,
    value: quantile(performance, 0.5),
    unit: '',
    budget: MIN_SCORE,
    atLeast: true,
    note: `runs: ${performance.join(', ')}; largest paint ${(quantile(paint, 0.5) / 1_000).toFixed(1)} s`,
  });
  report({ name: `${name}: layout shift`, value: Math.max(...shift), unit: '', budget: 0 });
  const { accessibility, practices } = others;
  report({
    name: `${name}: accessibility`,
    value: accessibility,
    unit: '',
    budget: 100,
    atLeast: true,
  });
  report({
    name: `${name}: best practices`,
    value: practices,
    unit: '',
    budget: 100,
    atLeast: true,
  });
}

/** Where and when the figures were measured. */
import { cpus, loadavg } from 'node:os';

/** Prints it in one line. */
export function printConditions(): void {
  const [core] = cpus();
  const load = loadavg().map((value) => value.toFixed(2));
  console.log(
    `${new Date().toISOString()} · ${cpus().length} cores (${core?.model.trim() ?? 'unknown'}) · ` +
      `Node ${process.version} · load average ${load.join(' ')}`,
  );
}

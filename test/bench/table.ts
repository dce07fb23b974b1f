/** Prints the bench's rows: what was measured, the figure, its budget, and whether it holds. */

/** One measured figure. `budget` is the most (or, with `atLeast`, the least) that is allowed. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: number;
  readonly atLeast?: boolean;
  readonly note?: string;
}

const rows: Row[] = [];

/** Prints a heading. */
export function section(title: string): void {
  console.log(`\n${title}`);
}

/** Prints one figure and keeps it for the verdict. */
export function report(row: Row): void {
  rows.push(row);
  const value = row.value.toLocaleString('en', { maximumFractionDigits: row.value < 10 ? 2 : 0 });
  const budget = row.budget === undefined ? '' : `${row.atLeast ? '≥' : '≤'} ${row.budget}`;
  const verdict = row.budget === undefined ? '' : holds(row) ? 'ok' : 'OVER';
  console.log(
    `  ${row.name.padEnd(58)} ${value.padStart(8)} ${row.unit.padEnd(12)} ${budget.padEnd(8)} ${verdict.padEnd(5)}${row.note ?? ''}`,
  );
}

/** Prints how many budgets held; returns whether all did. */
export function verdict(): boolean {
  const budgeted = rows.filter((row) => row.budget !== undefined);
  const over = budgeted.filter((row) => !holds(row));
  console.log(`\n${budgeted.length - over.length} of ${budgeted.length} budgets hold.`);
  for (const row of over) console.log(`  over: ${row.name} = ${row.value.toFixed(2)} ${row.unit}`);
  return over.length === 0;
}

/** The value below which the share `q` of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

function holds(row: Row): boolean {
  if (row.budget === undefined) return true;
  return row.atLeast ? row.value >= row.budget : row.value <= row.budget;
}

/** The clock of a thread, set to another time than the machine's: `Date` shows it, and it runs on. */

const MachineDate = globalThis.Date;
let aheadMs = 0;

/** From now on it is that time in this thread, in epoch milliseconds. */
export function setClock(nowMs: number): void {
  aheadMs = nowMs - MachineDate.now();
  globalThis.Date = ShiftedDate;
}

const now = (): number => MachineDate.now() + aheadMs;

/** A proxy, so that its dates are dates to everybody, and `Date` is the same class before and after. */
const ShiftedDate = new Proxy(MachineDate, {
  construct: (target, given: unknown[], newTarget): Date =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a constructor of Date makes a Date
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  get: (target, name, receiver): unknown =>
    name === 'now' ? now : Reflect.get(target, name, receiver),
});

/** The bad days of a torture: each round has one, and who is in its rooms. */
import { FINE, type Weather } from '../faults/weather.ts';
import type { Crew } from './scene.ts';

/** A kind of round. */
export interface Day {
  readonly name: string;
  readonly weather: Weather;
  readonly crew: Crew;
  /** Rooms at once, a share of the operations for each: about thirty people, so that the stack is busy while some wait. */
  readonly rooms: number;
  /** Part of the time in which nothing but throttling is heard from the database. */
  readonly blackoutMs?: number;
}

/** A little of everything: what no other day leaves out. */
const MIXED: Weather = {
  ...FINE,
  throttled: 0.01,
  lostAnswers: 0.01,
  serverErrors: 0.01,
  slow: 0.03,
  slowMs: 80,
  conflicts: 0.05,
  deaths: 0.002,
  gonePushes: 0.001,
  fullPushes: 0.01,
  largePushes: 0.002,
  failedPushes: 0.01,
  slowPushes: 0.02,
  slowPushMs: 200,
  slowStarts: 0.01,
  slowStartMs: 3_000,
  lostFarewells: 0.3,
};

const FOUR: Crew = { devices: 1, writers: 1 };

/** They take turns. */
export const DAYS: readonly Day[] = [
  { name: 'mixed', weather: MIXED, crew: FOUR, rooms: 8 },
  {
    name: '8 writers in one room, 20 % conflicts',
    weather: { ...MIXED, conflicts: 0.2, throttled: 0, serverErrors: 0, deaths: 0.001 },
    crew: { devices: 2, writers: 2 },
    rooms: 4,
  },
  {
    name: 'lost answers',
    weather: { ...MIXED, lostAnswers: 0.06, serverErrors: 0.04 },
    crew: FOUR,
    rooms: 8,
  },
  {
    name: 'throttling for 30 s',
    weather: { ...MIXED, throttled: 0.05 },
    crew: FOUR,
    rooms: 8,
    blackoutMs: 30_000,
  },
  {
    name: 'dying environments',
    weather: { ...MIXED, deaths: 0.006 },
    crew: FOUR,
    rooms: 8,
  },
  {
    name: 'bad pushes',
    weather: {
      ...MIXED,
      gonePushes: 0.01,
      fullPushes: 0.06,
      failedPushes: 0.06,
      largePushes: 0.01,
      slowPushes: 0.05,
      slowPushMs: 2_500,
    },
    crew: { devices: 2, writers: 1 },
    rooms: 5,
  },
  {
    name: 'stale reads',
    weather: { ...MIXED, staleMs: 400 },
    crew: FOUR,
    rooms: 8,
  },
];

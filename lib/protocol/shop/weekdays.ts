/** The days of a week as opening hours name them. Free of dependencies. */

/** The week's days as ISO 8601 counts them, from Monday. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

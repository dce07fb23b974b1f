/** How large an event may be, whoever sends it. */

/** What Lambda takes at once. */
export const MAX_EVENT_BYTES = 6 * 1024 * 1024;

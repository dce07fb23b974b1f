/** The random id that a device keeps, so that what it caused is not pushed back to it. */
import { MAX_DEVICE_LENGTH } from '#protocol/limits.ts';

const DEVICE = new RegExp(`^[\\w.:-]{1,${MAX_DEVICE_LENGTH}}$`, 'u');

/** A device as a client names it, in the socket's URL or a header; one that does not fit is worth no refusal. */
export function readDevice(text: string | undefined): { device?: string } {
  return text !== undefined && DEVICE.test(text) ? { device: text } : {};
}

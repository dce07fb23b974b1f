/** The ports of whoever has to do with files: apart, so that the other functions' code does without S3. */
import { ports } from '../compose.ts';
import { readEnv } from '../env.ts';
import { objectStore } from './object-store.ts';

const objects = objectStore(readEnv('ATTACHMENTS_BUCKET'));

/** Everything that any verb of the domain asks for, files included. */
export const filePorts = { ...ports, objects, removeObjects: objects.remove };

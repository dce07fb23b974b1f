/** The form of a browser's upload: its fields, then its file, read as it comes. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

import busboy from 'busboy';

import type { FormFields } from './post-policy.ts';
import { S3Error } from './s3-error.ts';

/** The form up to its file. */
export interface UploadForm {
  /** Names in lower case. */
  readonly fields: FormFields;
  readonly fileName: string;
  readonly file: Readable;
}

/** S3's bound of everything before the file, names and values together. */
const MAX_FIELD_BYTES = 20_000;

/**
 * Reads a form; what comes after the file is ignored, as S3 does.
 * @param take reads the file; when it rejects, the rest of the request is read and thrown away
 * @throws S3Error MalformedPOSTRequest, InvalidArgument, MaxPostPreDataLengthExceeded, and what `take` throws
 */
export async function receiveForm<T>(
  request: IncomingMessage,
  take: (form: UploadForm) => Promise<T>,
): Promise<T> {
  const parser = parserFor(request);
  const stopWithClient = () => {
    if (!request.complete) parser.destroy(new Error('The client left.'));
  };
  request.on('close', stopWithClient);
  try {
    return await new Promise<T>((resolve, reject) => {
      const fields = new Map<string, string>();
      let bytes = 0;
      let hasFile = false;
      parser.on('field', (name, value) => {
        bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
        const key = name.toLowerCase();
        if (hasFile) return;
        if (bytes > MAX_FIELD_BYTES) reject(fieldsTooLarge());
        if (fields.has(key)) reject(argument(`The field ${key} is there twice.`));
        fields.set(key, value);
      });
      parser.on('file', (name, file, { filename }) => {
        // Without a listener a broken upload would end the process; whoever reads it hears of it too.
        file.on('error', () => undefined);
        if (hasFile) return void file.resume();
        hasFile = true;
        if (name !== 'file') return reject(argument(`The file's field is "${name}", not "file".`));
        const form = { fields: Object.fromEntries(fields), fileName: filename ?? '', file };
        take(form).then(resolve, reject);
      });
      parser.on('error', () => reject(malformed()));
      parser.on('close', () => {
        if (!hasFile) reject(argument('POST requires exactly one file upload per request.'));
      });
      request.pipe(parser);
    });
  } finally {
    request.off('close', stopWithClient);
    // Only a request that is read to its end gets its answer, in a browser too.
    request.unpipe(parser);
    request.resume();
  }
}

function parserFor({ headers }: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers,
      defParamCharset: 'utf8',
      limits: { fieldSize: MAX_FIELD_BYTES + 1, fields: 100 },
    });
  } catch {
    throw malformed();
  }
}

function malformed(): S3Error {
  return new S3Error(
    'MalformedPOSTRequest',
    'The body of your POST request is not well-formed multipart/form-data.',
  );
}

function argument(message: string): S3Error {
  return new S3Error('InvalidArgument', message);
}

function fieldsTooLarge(): S3Error {
  return new S3Error(
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
  );
}

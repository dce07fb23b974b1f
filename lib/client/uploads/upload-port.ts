/** Uploading: one form with a file, posted to a presigned address; the real thing of browsers and of Node. */
import { ChatError } from '#protocol/errors.ts';

/** The bytes of a file. */
export type UploadBody = Blob | Uint8Array<ArrayBuffer>;

/** Where a file goes: the address and the form fields that stand before it. */
export interface UploadPlace {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Posts `fields` and then `body` as `file`. Rejects with a ChatError: `unavailable` where another try with another place
 * may succeed, else a final one; and with whatever it likes once the signal is aborted.
 */
export type UploadPort = (
  place: UploadPlace,
  body: UploadBody,
  options: {
    /** 0 to 1; may never be called before the end. */
    readonly onProgress: (progress: number) => void;
    readonly signal: AbortSignal;
  },
) => Promise<void>;

/** Browsers tell how far they are; everybody else tells the end. */
export const uploadFile: UploadPort = (place, body, options) =>
  typeof XMLHttpRequest === 'function'
    ? uploadByXhr(place, body, options)
    : uploadByFetch(place, body, options);

const uploadByFetch: UploadPort = async (place, body, { onProgress, signal }) => {
  if (signal.aborted) throw unreachable();
  onProgress(0);
  // In one piece: Node breaks, outside of any promise, when a form is aborted half-way.
  const form = new Response(formOf(place, body));
  const headers = { 'content-type': form.headers.get('content-type') ?? '' };
  const request = { method: 'POST', headers, body: await form.arrayBuffer(), signal };
  const response = await fetch(place.url, request).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  // Read to its end, so that the connection is free again.
  await response.arrayBuffer().catch(() => null);
  if (!response.ok) throw refusalOf(response.status);
  onProgress(1);
};

const uploadByXhr: UploadPort = (place, body, { onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = (error: ChatError | null) => {
      signal.removeEventListener('abort', abort);
      if (error) reject(error);
      else resolve();
    };
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    });
    request.addEventListener('load', () => {
      const { status } = request;
      end(status >= 200 && status < 300 ? null : refusalOf(status));
    });
    request.addEventListener('error', () => end(unreachable()));
    request.addEventListener('abort', () => end(unreachable()));
    signal.addEventListener('abort', abort);
    request.open('POST', place.url);
    request.send(formOf(place, body));
    if (signal.aborted) abort();
  });

/** The file stands last: what comes behind it is not looked at. */
function formOf({ fields }: UploadPlace, body: UploadBody): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', body instanceof Blob ? body : new Blob([body]));
  return form;
}

function unreachable(cause?: unknown): ChatError {
  const message = 'Could not reach the place for uploads: check the network and its CORS settings.';
  return new ChatError('unavailable', { message }, { cause });
}

/** 403 is most often a place that has ended; what else is refused will be refused again. */
function refusalOf(status: number): ChatError {
  const message = `The place for uploads answered ${status}.`;
  if (status === 413) return new ChatError('too_large', { message });
  const isPassing = status === 403 || status === 408 || status === 429 || status >= 500;
  return new ChatError(isPassing ? 'unavailable' : 'invalid', { message });
}

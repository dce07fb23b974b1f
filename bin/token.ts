/** Asks the running local server for a development token: `npm run token -- --sub 42 --role customer --name Nino`. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

const EXAMPLES =
  'npm run token -- --sub 42 --role customer --name Nino\n' +
  'or of a vendor: npm run token -- --sub ana --role vendor --vendor-id 7 --name Ana';

const { values } = readOptions({
  options: {
    sub: { type: 'string' },
    role: { type: 'string', default: 'customer' },
    name: { type: 'string' },
    'vendor-id': { type: 'string' },
    'vendor-name': { type: 'string' },
    picture: { type: 'string' },
    locale: { type: 'string' },
    'expires-in': { type: 'string' },
    url: { type: 'string', default: `http://localhost:${process.env['PORT'] ?? '4000'}` },
  },
});

if (values.sub === undefined) {
  fail(`Say whose token: ${EXAMPLES}`);
}
console.log(await askForToken());

/** An option that does not exist is answered in words, not by a stack trace. */
function readOptions<T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs(config);
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : String(error)}\nSay it like this: ${EXAMPLES}`,
    );
  }
}

async function askForToken(): Promise<string> {
  const { url, 'expires-in': expiresIn, ...claims } = values;
  const named = Object.entries(claims).map(([key, value]) => [key.replace('-', '_'), value]);
  const response = await fetch(`${url}/local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...Object.fromEntries(named),
      ...(expiresIn !== undefined && { expiresIn: Number(expiresIn) }),
    }),
  }).catch(() => fail(`Nothing answers at ${url}: run npm start first, or name another --url.`));
  const answer: { token?: string; message?: string } = await response.json();
  return answer.token ?? fail(`No token: ${answer.message ?? response.status}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

// A backend that onboards customers over HTTP, with nothing but fetch. GATEWAY_URL is the gateway, GATEWAY_TOKEN a token with the scopes start and read.
import { readFile } from 'node:fs/promises';

const { GATEWAY_URL = 'http://127.0.0.1:8234', GATEWAY_TOKEN } = process.env;

const headers = {
  'content-type': 'application/json',
  ...(GATEWAY_TOKEN && { authorization: `Bearer ${GATEWAY_TOKEN}` }),
};

async function ask(path, how) {
  const response = await fetch(`${GATEWAY_URL}/v1${path}`, { headers, ...how });
  const answer = response.status === 204 ? undefined : await response.json();
  if (response.ok) return answer;
  // A problem document: a type to act on, what to do, and for wrong input each field.
  const { type, detail, errors = [] } = answer;
  throw new Error([`${type}: ${detail}`, ...errors.map(({ field, message }) => `${field} ${message}`)].join('\n  '));
}

try {
  const body = await readFile(process.argv[2] ?? 'examples/family.json', 'utf8');

  // Safe to repeat: the same request finds its run, after a crash of this program too.
  const { started, provider, reference } = await ask('/onboardings', { method: 'POST', body });
  console.log(`${reference} ${started ? 'started' : 'goes on'}`);

  const run = `/onboardings/${provider}/${reference}`;
  let result;
  while (!(result = await ask(`${run}/result?wait=20`))) {
    const { next } = await ask(`${run}/progress`);
    console.log(next);
  }
  console.log(`${result.outcome}, account ${result.account}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

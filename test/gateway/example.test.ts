import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reset, singleRequest } from '../client/suite.ts';
import { eventually } from '../workflows/suite.ts';
import { openGatewaySuite, tokens, type GatewaySuite } from './suite.ts';

let suite: GatewaySuite;
let folder: string;
beforeAll(async () => {
  suite = await openGatewaySuite();
  folder = await mkdtemp(path.join(tmpdir(), 'onboarding-example-'));
});
beforeEach(() => reset(suite));
afterAll(async () => {
  await suite.close();
  await rm(folder, { recursive: true });
});

async function backend(request: object, env: Record<string, string> = {}) {
  const file = path.join(folder, 'request.json');
  await writeFile(file, JSON.stringify(request));
  const settings = { GATEWAY_URL: suite.gateway.url, GATEWAY_TOKEN: tokens.all, ...env };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const args = ['examples/backend-fetch.mjs', file];
    execFile(process.execPath, args, { env: settings }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

test('starts a customer, waits for the end, and finds the run again when it is run again', async () => {
  const request = singleRequest();
  const running = backend(request);
  await eventually(
    () => suite.onboardings.get('defentry', request.reference),
    ({ waitingFor }) => waitingFor === 'emailVerified',
  );
  suite.provider.verified = true;
  await suite.onboardings.emailVerified('defentry', request.reference, { eventId: 'click' });
  const ended = 'completed, account active\n';
  expect(await running).toEqual({ code: 0, stdout: `${request.reference} started\n${ended}`, stderr: '' });
  expect(await backend(request)).toEqual({ code: 0, stdout: `${request.reference} goes on\n${ended}`, stderr: '' });
});

test('says what is wrong', async () => {
  const request = { ...singleRequest(), kind: 'couple' };
  expect(await backend(request)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      '/problems/invalid-request: Correct what "errors" lists; nothing was done.\n  kind must be one of single, business, family; correct it.\n',
  });
  expect((await backend(request, { GATEWAY_TOKEN: 'wrong' })).stderr).toMatch(/^\/problems\/unauthorized: /);
});

test('is short', async () => {
  const { readFile } = await import('node:fs/promises');
  const lines = (await readFile('examples/backend-fetch.mjs', 'utf8'))
    .split('\n')
    .filter((line) => !/^\s*(\/\/.*)?$/.test(line));
  expect(lines.length).toBeLessThanOrEqual(30);
});

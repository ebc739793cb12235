import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readConfig } from '../../sandbox/config.ts';
import { compiled } from '../setup/compiled.ts';
import { sample } from '../setup/sample.ts';
import { CRM, dataOf, JANE, sender, textOf, until } from './partner.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(environment: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ['--import', './test/setup/ends-with-parent.mjs', compiled('sandbox/main.js')],
    {
      env: { PATH: process.env['PATH'], SANDBOX_PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  running.push(child);
  const lines: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  return { child, lines };
}

async function startReady(environment: Record<string, string>) {
  const { child, lines } = start({ SANDBOX_OPTIONS: '{"ssnRequired":false}', ...environment });
  await until(() => lines.some(({ url }) => url !== undefined));
  const origin = String(lines.find(({ url }) => url !== undefined)?.['url']);
  const token = textOf(await sender(origin)('POST', '/api/v1/crm/auth/login', CRM), 'token');
  return { child, origin, token, crm: sender(origin, token) };
}

test.each(sample(['SIGKILL', 'SIGTERM', 'SIGINT'] as const, 1))(
  'after %s everything is there again',
  async (signal) => {
    const data = join(folder, `${signal}.db`);
    const first = await startReady({ SANDBOX_DATA: data });
    await first.crm('POST', '/api/v1/account', { ...JANE, external_id: 'ref-1' });
    const ledger = (await first.crm('GET', '/_sandbox/ledger')).body;
    first.child.kill(signal);
    const [code, killed] = await once(first.child, 'exit');
    expect([code, killed]).toEqual(signal === 'SIGKILL' ? [null, 'SIGKILL'] : [0, null]);
    expect(existsSync(`${data}.lock`)).toBe(signal === 'SIGKILL');

    const second = await startReady({ SANDBOX_DATA: data });
    const crm = sender(second.origin, first.token);
    expect(dataOf(await crm('GET', '/api/v1/account/external-id/ref-1'))).toMatchObject({ id: 1, is_active: false });
    expect((await crm('GET', '/_sandbox/ledger')).body).toEqual(ledger);
    expect((await crm('POST', '/_sandbox/outbox/1/confirm')).status).toBe(200);
    expect(dataOf(await crm('POST', '/api/v1/account', { ...JANE, email: 'x@example.com' }))).toMatchObject({ id: 2 });
  },
);

test('what was answered before a kill amid many writes is there, whole', async () => {
  const data = join(folder, 'busy.db');
  const first = await startReady({ SANDBOX_DATA: data });
  const answered: string[] = [];
  const writing = (async () => {
    for (let n = 1; ; n += 1) {
      await first.crm('POST', '/api/v1/account', { ...JANE, email: `p${n}@example.com`, external_id: `ref-${n}` });
      answered.push(`ref-${n}`);
    }
  })().catch(() => 'cut off');
  await until(() => answered.length >= 50);
  first.child.kill('SIGKILL');
  expect(await writing).toBe('cut off');

  const { crm } = await startReady({ SANDBOX_DATA: data });
  for (const reference of answered) {
    expect((await crm('GET', `/api/v1/account/external-id/${reference}`)).status).toBe(200);
    const { body } = await crm('GET', `/_sandbox/ledger?externalId=${reference}`);
    expect(body).toMatchObject({ entries: [{ effect: 'account.created' }, { effect: 'mail.sent' }] });
  }
});

test('played customers also take up what was open before a restart', async () => {
  const data = join(folder, 'play.db');
  const first = await startReady({ SANDBOX_DATA: data });
  await first.crm('POST', '/api/v1/account', JANE);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const { crm } = await startReady({ SANDBOX_DATA: data, SANDBOX_PLAY: 'PT0.1S' });
  const status = async () => dataOf(await crm('GET', '/api/v1/account/1/activation-status'));
  await until(async () => (await status())['is_active'] === true);
  expect((await crm('GET', '/_sandbox/ledger?effect=email.confirmed')).body).toMatchObject({
    entries: [{ accountId: '1' }],
  });
});

test('ending does not wait for a delayed call', async () => {
  const { child, crm } = await startReady({});
  await crm('POST', '/_sandbox/faults', { kind: 'delay', ms: 600_000 });
  const call = crm('GET', '/api/v1/accounts').catch((error: Error) => error.message);
  await until(async () => (await crm('GET', '/_sandbox/faults')).text.includes('"fired":1'));
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await call).toBe('fetch failed');
});

test.each([
  ['defentry', 'Defentry'],
  ['tulo-payway', 'Tulo Payway'],
])('the provider %s can be chosen', async (provider, vendor) => {
  const { lines } = start({ SANDBOX_PROVIDER: provider });
  await until(() => lines.some(({ url }) => url !== undefined));
  const { body } = await sender(String(lines.find(({ url }) => url !== undefined)?.['url']))('GET', '/_sandbox/health');
  expect(body).toEqual({ status: 'ok', vendor });
});

test('a data file has one sandbox, and a leftover claim is no obstacle', async () => {
  const data = join(folder, 'claimed.db');
  const { child } = await startReady({ SANDBOX_DATA: data });
  const second = start({ SANDBOX_DATA: data });
  expect(await once(second.child, 'close')).toEqual([1, null]);
  expect(second.lines.at(-1)).toMatchObject({ reason: expect.stringContaining(`in use by process ${child.pid}`) });
  child.kill('SIGTERM');
  await once(child, 'exit');
  writeFileSync(`${data}.pid`, '999999999');
  await startReady({ SANDBOX_DATA: data });
});

test('a taken port ends the process with the reason', async () => {
  const { origin } = await startReady({});
  const second = start({
    SANDBOX_PORT: new URL(origin).port,
    SANDBOX_PLAY: '1',
    SANDBOX_DATA: join(folder, 'port.db'),
  });
  expect(await once(second.child, 'close')).toEqual([1, null]);
  expect(second.lines.at(-1)).toMatchObject({ reason: expect.stringContaining('EADDRINUSE') });
});

test.each([
  [{ SANDBOX_PLAY: '3' }, { playAfterMs: 3000 }],
  [{ SANDBOX_PLAY: 'PT1M30S' }, { playAfterMs: 90_000 }],
  [{ SANDBOX_PLAY: '' }, { playAfterMs: undefined }],
  [
    { SANDBOX_PORT: '0', SANDBOX_DATA: 'x.db' },
    { port: 0, data: 'x.db' },
  ],
])('the environment %j is understood', (environment, config) => {
  expect(readConfig(environment)).toMatchObject(config);
});

test.each([
  [{ SANDBOX_PLAY: 'soon' }, 'SANDBOX_PLAY: a delay is seconds'],
  [{ SANDBOX_PLAY: 'PT' }, 'SANDBOX_PLAY: a delay is seconds'],
  [{ SANDBOX_PORT: 'http' }, 'SANDBOX_PORT: a port is a number'],
  [{ SANDBOX_OPTIONS: '{' }, 'SANDBOX_OPTIONS: write one JSON object'],
  [{ SANDBOX_OPTIONS: '{"ssnRequried":false}' }, 'SANDBOX_OPTIONS: Unrecognized key: "ssnRequried"'],
  [{ SANDBOX_PROVIDER: 'defentri' }, 'SANDBOX_PROVIDER: use one of defentry'],
])('the environment %j is refused', (environment, reason) => {
  expect(() => readConfig(environment)).toThrow(reason);
});

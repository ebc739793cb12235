import { afterEach, expect, test } from 'vitest';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import { makeKey } from '../../encryption/key-ring.ts';
import { compiled } from '../setup/compiled.ts';

const ENDS_WITH_PARENT = path.resolve('test/setup/ends-with-parent.mjs');

const started: ChildProcess[] = [];
afterEach(() => {
  for (const gateway of started.splice(0)) gateway.kill('SIGKILL');
});

test('the gateway says where it is and that it serves this machine only, and ends with 0 on SIGTERM', async () => {
  const gateway = start({ ONBOARDING_KEYS: makeKey(), GATEWAY_PORT: '0' });
  const ended = once(gateway, 'exit');
  const lines: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: gateway.stdout })) {
    lines.push(JSON.parse(line));
    if (String(lines.at(-1)!.msg).startsWith('gateway ')) break;
  }
  expect(lines.map(({ msg }) => msg)).toEqual([
    'without GATEWAY_TOKENS the gateway serves this machine only, and everybody on it',
    'gateway ready',
  ]);
  const url = String(lines.at(-1)!.url);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  const providers: { provider: string }[] = JSON.parse(await (await fetch(`${url}/v1/providers`)).text());
  expect(providers).toEqual(
    Object.entries(PROVIDER_CAPABILITIES).map(([provider, capabilities]) => ({ provider, ...capabilities })),
  );
  gateway.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
});

test('the gateway does not start without a key, says why and ends with 1', async () => {
  const gateway = start({});
  const ended = once(gateway, 'exit');
  const said = await new Response(gateway.stdout).text();
  expect((await ended)[0]).toBe(1);
  expect(JSON.parse(said)).toMatchObject({ msg: 'gateway failed', code: 'KeyMissing', message: expect.any(String) });
});

function start(env: Record<string, string>) {
  const gateway = spawn(process.execPath, ['--import', ENDS_WITH_PARENT, compiled('gateway/main.js')], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(gateway);
  return gateway;
}

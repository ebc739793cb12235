import { settingOf, makeToken } from '../../encryption/access-token.ts';
import { eventually } from '../setup/eventually.ts';
import { ATTACKS, attack } from './attackers.ts';
import { startLimited, type LimitedGateway } from './limited-gateway.ts';
import { openHouse, request, type House } from './payway-house.ts';

const LIMITED = { descriptors: 256, heap: 128 };
/** Megabytes of the whole process, code and buffers included. */
const MEMORY = 512;
const ROUNDS = 9;
const ONBOARDINGS = 3;
/** Milliseconds: what a busy machine adds to either side, of which the shorter time has nothing to do with the attack. */
const GRAIN = { livez: 50, onboarding: 500 };

const token = makeToken();
const headers = { authorization: `Bearer ${token}`, connection: 'close', 'content-type': 'application/json' };

let house: House;
let attacked: LimitedGateway;
let idle: LimitedGateway;
beforeAll(async () => {
  house = await openHouse();
  const env = { ...house.stack.settings, GATEWAY_TOKENS: settingOf('caller', ['start', 'read'], token) };
  [attacked, idle] = await Promise.all([startLimited(env, LIMITED), startLimited(env, LIMITED)]);
});
afterAll(async () => {
  attacked.close();
  idle.close();
  await house.close();
});

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Side by side: one after the other at each, so that whatever else the machine does meets both. */
async function compared(rounds: number, work: (at: LimitedGateway) => Promise<void>) {
  const [here, there]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    there.push(await timed(() => work(idle)));
    here.push(await timed(() => work(attacked)));
  }
  return { attacked: median(here), idle: median(there) };
}

async function livez({ url }: LimitedGateway): Promise<void> {
  const answer = await fetch(`${url}/livez`, { headers: { connection: 'close' } });
  expect(answer.status).toBe(200);
  await answer.text();
}

/** From the start until the customer is asked to confirm the address. */
async function onboarding({ url }: LimitedGateway): Promise<void> {
  const body = JSON.stringify(request());
  const { reference } = JSON.parse(body) as { reference: string };
  const started = await fetch(`${url}/v1/onboardings`, { method: 'POST', headers, body });
  expect([started.status, await started.text()]).toEqual([201, expect.any(String)]);
  await eventually('the wait', async () => {
    const told = await fetch(`${url}/v1/onboardings/tulo-payway/${reference}/progress`, { headers });
    const { steps } = (await told.json()) as { steps: { name: string; status: string }[] };
    return steps.some(({ name, status }) => name === 'verifyEmail' && status === 'waiting');
  });
  await house.stack.onboardings.cancel('tulo-payway', reference);
}

test.each(Object.entries(ATTACKS))('%s keep nobody else waiting', async (name, what) => {
  const stop = attack(attacked.port, what);
  try {
    const life = await compared(ROUNDS, livez);
    const work = await compared(ONBOARDINGS, onboarding);
    const memory = await attacked.peak();
    if (process.env['SHOW_TIMES']) process.stderr.write(`${JSON.stringify({ name, life, work, memory })}\n`);
    expect(life.attacked).toBeLessThan(2 * life.idle + GRAIN.livez);
    expect(work.attacked).toBeLessThan(2 * work.idle + GRAIN.onboarding);
    expect(memory).toBeLessThan(MEMORY);
    expect(attacked.isAlive()).toBe(true);
  } finally {
    expect(stop()).toBeGreaterThanOrEqual(what.sockets / 2);
  }
});

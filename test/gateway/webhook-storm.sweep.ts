import { LIMITS } from '../../gateway/limits.ts';
import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { openHouse, type House } from './payway-house.ts';
import { paywayEnvelope } from './payway-envelope.ts';
import { post, SECRET } from './webhook-gateway.ts';

const EVENTS = 3000;
const SENDERS = 40;
const ROUNDS = 3;

let server: OwnServer;
let house: House;
beforeAll(async () => {
  server = await startOwnServer({});
  house = await openHouse({ at: server.address });
});
afterAll(async () => {
  await house.close();
  await server.stop();
});

/** From the start until the customer is asked to confirm the address, the fastest of a few. */
async function onboarding(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await house.waiting();
    times.push(performance.now() - begun);
  }
  return Math.min(...times);
}

/** Each about an account of its own, which nobody here has. */
async function storm(): Promise<number[]> {
  const left = Array.from({ length: EVENTS }, (_, n) => n.toString(16).padStart(24, 'f'));
  const statuses: number[] = [];
  const send = async (): Promise<void> => {
    for (let account = left.pop(); account !== undefined; account = left.pop()) {
      const { body } = paywayEnvelope('account_changed', account);
      const answer = await post(`${house.stack.gateway.url}/webhooks/tulo-payway/${SECRET}`, body);
      await answer.arrayBuffer();
      statuses.push(answer.status);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return statuses;
}

test(`${EVENTS} events of accounts that are not known beside an onboarding: so many as are allowed are taken, the others are to be sent again`, async () => {
  const alone = await onboarding();
  const begun = performance.now();
  const coming = storm();
  const during = await onboarding();
  const statuses = await coming;
  const took = performance.now() - begun;
  const beside = await onboarding();

  const of = (status: number) => statuses.filter((each) => each === status).length;
  if (process.env['SHOW_TIMES']) {
    const figures = { alone, during, beside, took, accepted: of(202), refused: of(503) };
    process.stderr.write(`${JSON.stringify(figures)}\n`);
  }
  expect(of(202) + of(503)).toBe(EVENTS);
  // Temporal's count lags behind, and each sender may have one under way.
  expect(of(202)).toBeGreaterThanOrEqual(LIMITS.openDeliveries);
  expect(of(202)).toBeLessThanOrEqual(LIMITS.openDeliveries + SENDERS);
  expect(await house.stack.onboardings.openDeliveries()).toBeLessThanOrEqual(of(202));
});

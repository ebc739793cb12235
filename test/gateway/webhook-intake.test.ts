import { accountHashes } from '../../encryption/account-hash.ts';
import { eventually } from '../setup/eventually.ts';
import { openHouse, type House } from './payway-house.ts';
import { hoursAgo, paywayEnvelope } from './payway-envelope.ts';
import { post, SECRET } from './webhook-gateway.ts';

const MOST = 3;
const STORM = 20;

let house: House;
let known: string;
beforeAll(async () => {
  house = await openHouse({ limits: { openDeliveries: MOST } });
  known = (await house.waiting()).accountId;
  const hashes = accountHashes(house.stack.keyRing, { provider: 'tulo-payway', accountId: known });
  await eventually('the account in the list', () => house.stack.onboardings.knowsAccount(hashes));
});
afterAll(() => house.close());

const tell = (accountId: string, at?: string) =>
  post(
    `${house.stack.gateway.url}/webhooks/tulo-payway/${SECRET}`,
    paywayEnvelope('account_changed', accountId, at).body,
  );
const stranger = (n: number) => n.toString(16).padStart(24, 'f');

/** Of all deliveries so far. */
async function priorities(): Promise<(number | undefined)[]> {
  const { client, taskQueue } = house.stack.temporal;
  const found: (number | undefined)[] = [];
  for await (const { workflowId } of client.workflow.list({
    query: `WorkflowType = 'deliverEvent' AND TaskQueue = '${taskQueue}'`,
  }))
    found.push((await client.workflow.getHandle(workflowId).describe()).priority?.priorityKey);
  return found.sort((one = 0, other = 0) => one - other);
}

test('events of accounts that are not known come last, and no more of them than so many; those of known ones are always taken', async () => {
  expect((await tell(known, hoursAgo(1))).status).toBe(202);
  await eventually('its priority', async () => String(await priorities()) === '2');
  expect((await tell(stranger(0))).status).toBe(202);
  await eventually('the lowest priority', async () => String(await priorities()) === '2,5');

  const answers = await Promise.all(Array.from({ length: STORM }, (_, n) => tell(stranger(n + 1))));
  const refused = answers.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThanOrEqual(STORM - MOST);
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(STORM - refused.length);
  expect(refused[0]!.headers.get('retry-after')).toBe('60');
  expect(await refused[0]!.json()).toMatchObject({ type: '/problems/too-many-deliveries' });
  expect((await tell(known, hoursAgo(0))).status).toBe(202);

  await eventually('the metric', async () => {
    const text = await (await fetch(`${house.stack.gateway.url}/metrics`)).text();
    return Number(/^gateway_open_deliveries (\d+)/m.exec(text)?.[1]) > 0;
  });
});

import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../setup/eventually.ts';
import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { openHouse, type House } from './payway-house.ts';
import { paywayEnvelope } from './payway-envelope.ts';
import { post, SECRET } from './webhook-gateway.ts';

const START = Date.now();

/** Milliseconds between two webhooks; far fewer than a restart takes. */
const PACE = 50;
/** What a sender takes for "not now": the answers of a gateway that cannot reach Temporal, and none at all. */
const REFUSALS = [503, 504, 'no answer'];

let server: OwnServer;
let house: House;
beforeAll(async () => {
  server = await startOwnServer({});
  house = await openHouse({ at: server.address, env: { ONBOARDING_CALL_DEADLINE: 'PT1S' } });
});
afterAll(async () => {
  await house.close();
  await server.stop();
});

test.each<[string, () => Promise<void>]>([
  ['Temporal', () => server.restart()],
  ['the gateway', () => house.stack.restartGateway()],
])(
  'while %s restarts a webhook is accepted and arrives, or is refused so that it is sent again; each arrives once',
  async (what, restart) => {
    const { stack } = house;
    const { reference, accountId } = await house.waiting();
    const hook = `${stack.gateway.url}/webhooks/tulo-payway/${SECRET}`;
    const deliver = async (index: number): Promise<number | string> => {
      const at = new Date(START + index).toISOString();
      const { body } = paywayEnvelope('account_changed', accountId, at);
      return post(hook, body).then(
        ({ status }) => status,
        () => 'no answer',
      );
    };

    // Some are under way when it begins.
    const sent = Array.from({ length: 20 }, (_, index) => deliver(index));
    await Promise.race(sent);
    const restarted = restart();
    do sent.push(deliver(sent.length));
    while ((await Promise.race([restarted, delay(PACE, 'not yet')])) === 'not yet');
    const answers = await Promise.all(sent);
    for (const answer of answers) expect([202, ...REFUSALS]).toContain(answer);
    const accepted = answers.flatMap((answer, index) => (answer === 202 ? [index] : []));
    process.stdout.write(
      `${sent.length} webhooks while ${what} restarts, ${sent.length - accepted.length} of them refused\n`,
    );
    await eventually('those that were accepted', async () => (await stack.told(reference)) >= accepted.length);

    // As a sender does with what was refused, and some do with what was not.
    for (const index of sent.keys()) await eventually('taken at last', async () => (await deliver(index)) === 202);
    await eventually('all of them', async () => (await stack.told(reference)) >= sent.length);
    const open = `WorkflowType = 'deliverEvent' AND ExecutionStatus = 'Running'`;
    await eventually(
      'the end of all deliveries',
      async () => (await stack.temporal.client.workflow.count(open)).count === 0,
    );
    expect(await stack.told(reference)).toBe(sent.length);
  },
);

import { eventually } from '../setup/eventually.ts';
import { openHouse, type House } from './payway-house.ts';
import { hoursAgo, paywayEnvelope } from './payway-envelope.ts';
import { post, SECRET } from './webhook-gateway.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.sandbox.faults.clear());
afterAll(() => house.close());

const READ = 'GET /external/api/v1/accounts/pending_verification_request';
const hook = () => `${house.stack.gateway.url}/webhooks/tulo-payway/${SECRET}`;
const confirmed = () => house.sandbox.ledger.entries({ effect: 'email.confirmed' }).length;

async function confirmMail(accountId: string): Promise<void> {
  const mail = await eventually('the mail', () =>
    house.sandbox.outbox.open().find((item) => item.accountId === accountId && item.kind === 'verify-email'),
  );
  house.sandbox.act(mail.id);
}

test('a forged webhook is looked into and not believed; after the person has confirmed the next one ends the wait', async () => {
  const { reference, accountId } = await house.waiting();
  const looked = house.sandbox.faults.add({ kind: 'drop', probability: 0, route: READ });
  const before = confirmed();
  const forged = paywayEnvelope('registered_account_confirmed', accountId);
  expect((await post(hook(), forged.body)).status).toBe(202);
  await eventually('a look at the provider', () => looked.matched > 0);
  const { steps } = await house.stack.onboardings.progress('tulo-payway', reference);
  expect(steps.find(({ name }) => name === 'verifyEmail')?.status).toBe('waiting');
  expect(confirmed()).toBe(before);

  await confirmMail(accountId);
  const real = paywayEnvelope('registered_account_confirmed', accountId, hoursAgo(1));
  expect((await post(hook(), real.body)).status).toBe(202);
  expect(await house.stack.onboardings.result('tulo-payway', reference)).toMatchObject({ outcome: 'completed' });
  expect(confirmed()).toBe(before + 1);
});

test('50 deliveries of one webhook at once are one run, which tells the onboarding once', async () => {
  const { reference, accountId } = await house.waiting();
  const { body } = paywayEnvelope('account_changed', accountId);
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(hook(), body)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  const said = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { status: string }).status));
  expect(said.filter((status) => status === 'accepted')).toHaveLength(1);
  expect(said.filter((status) => status === 'duplicate')).toHaveLength(49);

  // Another event after it: when that has arrived, whatever the fifty did has arrived too.
  const next = paywayEnvelope('account_changed', accountId, hoursAgo(0));
  await post(hook(), next.body);
  await eventually('the next event', async () => (await house.stack.told(reference)) >= 2);
  const runs = `TaskQueue = '${house.stack.temporal.taskQueue}' AND WorkflowType = 'deliverEvent' AND ExecutionStatus = 'Running'`;
  await eventually(
    'the end of all deliveries',
    async () => (await house.stack.temporal.client.workflow.count(runs)).count === 0,
  );
  expect(await house.stack.told(reference)).toBe(2);
  await house.stack.onboardings.cancel('tulo-payway', reference);
});

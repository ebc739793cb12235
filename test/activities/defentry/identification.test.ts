import type { EidAdapter, EidStatus } from '../../../activities/defentry/eid.ts';
import { createDefentry } from '../../../activities/defentry/provider.ts';
import { POLL, SSN, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { configFor } from './settings.ts';

afterEach(closeDesks);

const WHO = { email: 'anna@example.com', scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;

async function started(desk: Desk) {
  const accountId = await desk.account();
  const { identificationId, link } = await desk.steps.startIdentification({ accountId, ...WHO });
  const look = () => desk.steps.awaitIdentification({ accountId, email: WHO.email, identificationId, ...POLL });
  return { accountId, identificationId, link, look };
}

test('4: is completed once the account has its SSN', async () => {
  const desk = await openDesk();
  const { look, link, accountId } = await started(desk);
  expect(link).toMatch(/^http/);
  expect(await failureOf(look())).toMatchObject({ type: 'NotYet', nextRetryDelay: 600_000 });
  desk.act('eid', 'approve');
  expect(await look()).toEqual({ outcome: 'completed' });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ ssnPresent: 'yes' });
});

test('is cancelled by the person, and done with a new link', async () => {
  const desk = await openDesk();
  const { look, accountId } = await started(desk);
  desk.act('eid', 'cancel');
  expect(await look()).toEqual({ outcome: 'cancelled' });
  await desk.steps.startIdentification({ accountId, ...WHO });
  desk.act('eid', 'approve');
  expect(await look()).toEqual({ outcome: 'completed' });
});

test('expires', async () => {
  const desk = await openDesk({ eid: { seconds: 0 } });
  expect(await (await started(desk)).look()).toEqual({ outcome: 'expired' });
});

test('fails when the SSN belongs to another account', async () => {
  const desk = await openDesk();
  await desk.account({ email: 'other@example.com', ssn: SSN });
  const { accountId } = await desk.steps.createAccount({
    request: {
      provider: 'defentry',
      reference: 'ref-2',
      kind: 'single',
      person: { firstName: 'A', lastName: 'B', email: WHO.email },
    },
  });
  const { identificationId } = await desk.steps.startIdentification({ accountId, ...WHO });
  const item = desk.sandbox.outbox.open().findLast(({ kind }) => kind === 'eid');
  desk.sandbox.act(item?.id ?? '', 'approve', { ssn: SSN });
  const look = desk.steps.awaitIdentification({ accountId, email: WHO.email, identificationId, ...POLL });
  expect(await look).toEqual({ outcome: 'failed' });
});

test('of a person who was quicker than the new link leads straight back', async () => {
  const desk = await openDesk();
  const { accountId } = await started(desk);
  desk.act('eid', 'approve');
  const renewed = await desk.steps.startIdentification({ accountId, ...WHO });
  expect(renewed.link).toBe(WHO.returnUrl);
  const { identificationId } = renewed;
  const look = desk.steps.awaitIdentification({ accountId, email: WHO.email, identificationId, ...POLL });
  expect(await look).toEqual({ outcome: 'completed' });
});

describe('1.5: after a change of the address', () => {
  const NEW = { email: 'new@example.com', createdEmail: WHO.email };

  test.each(['current', 'created-with'] as const)(
    'SSO that knows the account by its %s address lets the person in',
    async (ssoEmail) => {
      const desk = await openDesk({ ssoEmail });
      const { accountId } = await started(desk);
      await desk.steps.applyChange({
        accountId,
        ownerReference: 'ref-1',
        change: { kind: 'change-email', email: NEW.email },
      });
      const who = { accountId, ...WHO, ...NEW };
      const { identificationId } = await desk.steps.startIdentification(who);
      const look = () => desk.steps.awaitIdentification({ ...who, identificationId, ...POLL });
      expect(await failureOf(look())).toMatchObject({ type: 'NotYet' });
      desk.act('eid', 'cancel');
      expect(await look()).toEqual({ outcome: 'cancelled' });
    },
  );

  test('nobody is let in to another customer’s account, which was created with the same address', async () => {
    const desk = await openDesk({ ssoEmail: 'created-with' });
    const first = await desk.account();
    await desk.steps.applyChange({
      accountId: first,
      ownerReference: 'ref-1',
      change: { kind: 'change-email', email: NEW.email },
    });
    const request = requestFor({}, { reference: 'ref-2' });
    const { accountId } = await desk.steps.createAccount({ request });
    const failure = await failureOf(desk.steps.startIdentification({ accountId, ...WHO }));
    expect(failure).toMatchObject({ type: 'Forbidden', nonRetryable: true });
    expect(failure.message).toContain('identification:');
    expect(desk.count('eid.started')).toBe(0);
  });
});

test('without configuration is refused', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const { activities } = createDefentry({ ...configFor(desk.url), eid: undefined });
  const failure = await failureOf(activities.startIdentification({ accountId, ...WHO }));
  expect(failure).toMatchObject({ type: 'RequestRefused' });
});

describe('a status of COMPLETED is no proof', () => {
  const saying = (status: EidStatus): EidAdapter => ({
    start: async () => ({ identificationId: 'x', link: 'https://eid.example' }),
    status: async () => status,
  });

  test('while the account says there is no SSN', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const { activities } = createDefentry(configFor(desk.url), saying('COMPLETED'));
    const look = activities.awaitIdentification({ accountId, email: WHO.email, identificationId: 'x', ...POLL });
    expect(await failureOf(look)).toMatchObject({ type: 'NotYet' });
  });

  test.each([
    ['false', { type: 'NotTold' }],
    ['true', { outcome: 'completed' }],
  ])('when the account cannot tell, unless it is trusted: %s', async (trusted, expected) => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const config = configFor(desk.url, { DEFENTRY_TRUST_EID_STATUS: trusted });
    const { activities } = createDefentry(config, saying('COMPLETED'));
    desk.sandbox.faults.add({
      kind: 'schema-drift',
      route: 'GET /api/v1/account/:account_id',
      times: 2,
      body: { data: { id: accountId } },
    });
    const look = activities.awaitIdentification({ accountId, email: WHO.email, identificationId: 'x', ...POLL });
    expect(await look.catch((error: unknown) => error)).toMatchObject(expected);
  });
});

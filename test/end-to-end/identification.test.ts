import { createClient } from '../../activities/defentry/client.ts';
import { configFor } from '../activities/defentry/settings.ts';
import { eventually } from '../setup/eventually.ts';
import { sender, textOf, CRM } from '../sandbox/partner.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { accountOf, act, effectsOf } from './ledger.ts';
import { eidRequest, singleRequest } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment();
});
afterAll(() => deployment.close());

test('an eID that is cancelled twice and then done brings the SSN once', async () => {
  const { sandbox, onboardings } = deployment;
  const { provider, reference } = await onboardings.start(eidRequest({ ssnMonitoring: true }));
  await act(sandbox, reference, 'confirm-email');
  const links = new Set<string | undefined>();
  for (const decision of ['cancel', 'cancel', 'approve']) {
    const fresh = async () => {
      const { link } = await onboardings.eidLink(provider, reference);
      return link !== undefined && !links.has(link) && link;
    };
    links.add(await eventually('a new link', fresh));
    await act(sandbox, reference, 'eid', decision);
  }
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(effectsOf(sandbox, reference)).toMatchObject({
    'account.created': 1,
    'eid.started': 3,
    'eid.cancelled': 2,
    'eid.completed': 1,
    'ssn.written': 1,
    'monitoring.on': 1,
  });
});

test('a renewed link works, and the earlier one does no harm', async () => {
  const { sandbox, onboardings } = deployment;
  const { provider, reference } = await onboardings.start(eidRequest());
  await act(sandbox, reference, 'confirm-email');
  const first = await eventually('a link', async () => (await onboardings.eidLink(provider, reference)).link);
  const { link } = await onboardings.renewEidLink(provider, reference);
  expect(link).not.toBe(first);
  // The outbox lists the older session first: its approval counts too, because the account is what is read.
  await act(sandbox, reference, 'eid');
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'eid.started': 2, 'ssn.written': 1 });
});

describe('an SSN after the creation', () => {
  test('cannot be given by a correction, and an update of it is no effect', async () => {
    const { sandbox, url, onboardings } = deployment;
    const { provider, reference } = await onboardings.start(eidRequest());
    const accountId = await eventually('the account', () => accountOf(sandbox, reference));
    await eventually(
      'the account known to the run',
      async () => (await onboardings.progress(provider, reference)).accountId,
    );
    const correction = { path: 'person.ssn', value: '19900101-9999' };
    await expect(onboardings.correct(provider, reference, correction)).rejects.toThrow(
      'an SSN can be given only when the account is created',
    );
    // Why: the provider takes it with a success and ignores it.
    const token = textOf(await sender(url)('POST', '/api/v1/crm/auth/login', CRM), 'token');
    const answer = await sender(url, token)('PUT', `/api/v1/account/${accountId}`, { ssn: '19900101-9999' });
    expect(answer.status).toBe(200);
    expect(effectsOf(sandbox, reference)['ssn.written']).toBeUndefined();
    await onboardings.cancel(provider, reference);
  });

  test.each(['update', 'updateV2'] as const)(
    'is refused by the client’s %s before anything is sent',
    async (method) => {
      const { sandbox, url } = deployment;
      const { accounts } = createClient(configFor(url));
      const before = sandbox.faults.add({ kind: 'drop', probability: 0 });
      // As from a caller whose data has no types.
      const changes = JSON.parse('{"first_name":"Ada","ssn":"19900101-9999"}');
      await expect(accounts[method]('1', changes)).rejects.toThrow('ssn cannot be set by an update');
      expect(before.matched).toBe(0);
    },
  );
});

test('with an SSN there is no eID', async () => {
  const { sandbox, onboardings } = deployment;
  const { identification } = eidRequest();
  const { provider, reference } = await onboardings.start(singleRequest({ identification: identification! }));
  await act(sandbox, reference, 'confirm-email');
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(effectsOf(sandbox, reference)['eid.started']).toBeUndefined();
});

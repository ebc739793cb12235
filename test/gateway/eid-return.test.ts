import { randomUUID } from 'node:crypto';
import { createDefentry } from '../../activities/defentry/provider.ts';
import { createDefentrySandbox, type DefentrySandbox } from '../../sandbox/defentry/index.ts';
import { configFor, EID_PATHS } from '../activities/defentry/settings.ts';
import { act } from '../end-to-end/ledger.ts';
import { eventually } from '../setup/eventually.ts';
import { NEVER } from './payway-house.ts';
import { openStack, type Stack } from './stack.ts';
import { post } from './webhook-gateway.ts';

let sandbox: DefentrySandbox;
let stack: Stack;
beforeAll(async () => {
  sandbox = createDefentrySandbox({ defentry: { ssnRequired: false } });
  const config = configFor(await sandbox.listen(), { ...EID_PATHS, DEFENTRY_SSN_REQUIRED: 'false' });
  stack = await openStack('defentry', createDefentry(config).activities);
});
afterAll(async () => {
  await stack.close();
  await sandbox.close();
});

async function linkOf(reference: string, kind: 'email' | 'eid'): Promise<string> {
  const made = await post(`${stack.gateway.url}/v1/onboardings/defentry/${reference}/return-links`, { kind });
  return ((await made.json()) as { url: string }).url;
}

/** As the page's form does it. */
async function press(url: string): Promise<number> {
  return (await fetch(url, { method: 'POST' })).status;
}

test('links made before the start lead a person through mail and eID, also when the first identification is cancelled', async () => {
  const reference = `c-${randomUUID()}`;
  const [mailed, returnUrl] = [await linkOf(reference, 'email'), await linkOf(reference, 'eid')];
  await stack.onboardings.start({
    provider: 'defentry',
    reference,
    kind: 'single',
    person: { firstName: 'Ada', lastName: 'Berg', email: 'eid-return@example.com' },
    identification: { scheme: 'BANKID', returnUrl },
    policy: { emailVerified: NEVER, identification: NEVER },
  });
  await stack.untilWaiting(reference, 'verifyEmail');
  await act(sandbox, reference, 'confirm-email');
  expect(await press(mailed)).toBe(202);

  await stack.untilWaiting(reference, 'identify');
  const { link: first } = await stack.onboardings.eidLink('defentry', reference);
  await act(sandbox, reference, 'eid', 'cancel');
  expect(await press(`${returnUrl}?eid_id=1&status=CANCELLED`)).toBe(202);
  await eventually('a new identification', async () => {
    const { link } = await stack.onboardings.eidLink('defentry', reference);
    return link !== undefined && link !== first;
  });

  await act(sandbox, reference, 'eid');
  expect(await press(`${returnUrl}?eid_id=2&status=COMPLETED`)).toBe(202);
  expect(await stack.onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed', gaps: [] });
});

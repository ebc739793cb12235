import { OnboardingEnded } from '../../client/index.ts';
import type { Progress } from '../../client/index.ts';
import { eventually } from '../setup/eventually.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { act, effectsOf, type Effects } from './ledger.ts';
import { eidRequest, singleRequest } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment();
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

/** No poll comes to the help of a lost signal. */
const NEVER = { firstPoll: 'PT1H', maxPoll: 'PT1H' };

interface Case {
  name: string;
  step: string;
  /** The person's task and what doing it leaves in the ledger. */
  kind: string;
  proof: keyof Effects;
  /** Read to prove the fact. */
  readBack: string;
  request: () => ReturnType<typeof singleRequest>;
  signal: (reference: string, eventId: string) => Promise<void>;
}

const CASES: Case[] = [
  {
    name: 'emailVerified',
    step: 'verifyEmail',
    kind: 'confirm-email',
    proof: 'email.confirmed',
    readBack: 'GET /api/v1/account/:account_id/activation-status',
    request: () => singleRequest({ policy: { emailVerified: NEVER } }),
    signal: (reference, eventId) => deployment.onboardings.emailVerified('defentry', reference, { eventId }),
  },
  {
    name: 'eidCompleted',
    step: 'identify',
    kind: 'eid',
    proof: 'eid.completed',
    readBack: 'GET /api/v1/eid-stand-in/sessions/:eid_id',
    request: () => eidRequest({ policy: { identification: NEVER } }),
    signal: (reference, eventId) => {
      const event = { eventId, identificationId: 'any', outcome: 'completed' } as const;
      return deployment.onboardings.eidCompleted('defentry', reference, event);
    },
  },
];

function waiting(reference: string, step: string): Promise<Progress> {
  return eventually(`${step} waiting`, async () => {
    const progress = await deployment.onboardings.progress('defentry', reference);
    return progress.steps.some(({ name, status }) => name === step && status === 'waiting') && progress;
  });
}

describe.each(CASES)('$name', ({ step, kind, proof, readBack, request, signal }) => {
  async function start(): Promise<string> {
    const { reference } = await deployment.onboardings.start(request());
    if (step === 'identify') await act(deployment.sandbox, reference, 'confirm-email');
    return reference;
  }
  const looks = () => deployment.sandbox.faults.add({ kind: 'drop', probability: 0, route: readBack });

  test('forged is looked into and not believed', async () => {
    const { sandbox, onboardings } = deployment;
    const reference = await start();
    await waiting(reference, step);
    const looked = looks();
    await signal(reference, 'forged');
    await eventually('a look at the provider', () => looked.matched > 0);
    await waiting(reference, step);
    expect(effectsOf(sandbox, reference)[proof]).toBeUndefined();
    await onboardings.cancel('defentry', reference);
  });

  test('that comes before the provider shows the fact is enough: it is looked at again within seconds', async () => {
    const { sandbox, onboardings } = deployment;
    const reference = await start();
    await waiting(reference, step);
    const looked = looks();
    await signal(reference, 'early');
    await eventually('a look that finds nothing', () => looked.matched > 0);
    await act(sandbox, reference, kind);
    expect(await onboardings.result('defentry', reference, { within: 60_000 })).toMatchObject({ outcome: 'completed' });
  });

  test('before the wait does not end it, and after the fact does, also when it comes twice', async () => {
    const { sandbox, onboardings } = deployment;
    const down = sandbox.faults.add({ kind: 'html-503', route: 'POST /api/v1/account' });
    const { reference } = await onboardings.start(request());
    await eventually('the first try to create', () => down.fired === 1);
    await signal(reference, 'early');
    await signal(reference, 'early');
    if (step === 'identify') await act(sandbox, reference, 'confirm-email');
    await waiting(reference, step);
    await act(sandbox, reference, kind);
    await signal(reference, 'in-time');
    await signal(reference, 'in-time');
    expect(await onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed', gaps: [] });
    expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1, [proof]: 1 });
  });

  test('after the end is told so and changes nothing', async () => {
    const { sandbox, onboardings } = deployment;
    const reference = await start();
    await waiting(reference, step);
    await act(sandbox, reference, kind);
    await signal(reference, 'in-time');
    await onboardings.result('defentry', reference);
    const before = effectsOf(sandbox, reference);
    await expect(signal(reference, 'late')).rejects.toBeInstanceOf(OnboardingEnded);
    expect(effectsOf(sandbox, reference)).toEqual(before);
  });
});

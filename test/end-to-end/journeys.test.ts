import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import type { FaultInput } from '../../sandbox/core/fault.ts';
import type { ChangeKind } from '../../contract/change.ts';
import type { ProviderName } from '../../contract/request.ts';
import { WATCHLISTS } from '../activities/defentry/settings.ts';
import { eventually } from '../setup/eventually.ts';
import { sample, SWEEPING } from '../setup/sample.ts';
import { CRM, sender, textOf } from '../sandbox/partner.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { journeys, type Journey, type Stage } from './journeys.ts';
import { act, effectsOf } from './ledger.ts';
import { endOf } from './live.ts';
import { newPerson } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({
    defentry: { monitoringStarts: 'on-request' },
    others: { tuloPayway: { changedEmail: 'is-unverified' } },
    env: WATCHLISTS,
  });
  const token = textOf(await sender(deployment.url)('POST', '/api/v1/crm/auth/login', CRM), 'token');
  const { email } = newPerson();
  const supervisor = { first_name: 'Eve', last_name: 'Other', email };
  await sender(deployment.url, token)('POST', '/api/v1/account', supervisor);
});
afterAll(() => deployment.close());

/** How one stage went. */
interface Told {
  stage: string;
  end: string;
  effects: Record<string, number>;
  /** Calls whose answer was lost. */
  lost: number;
}

const nameOf = ({ ask }: Stage) => (typeof ask === 'string' ? ask : ask.kind);

const LOST: [string, FaultInput | undefined][] = [
  ['with nothing in its way', undefined],
  ['with each answer lost after its effect', { kind: 'drop', when: 'after' }],
  ['with a 500 after each effect', { kind: 'server-error', when: 'after' }],
];

test.each<[ProviderName, readonly ChangeKind[]]>([
  ['defentry', PROVIDER_CAPABILITIES.defentry.changes],
  ['tulo-payway', PROVIDER_CAPABILITIES['tulo-payway'].changes],
  ['facilioo', PROVIDER_CAPABILITIES.facilioo.changes],
])('every kind of change that %s has is lived', (provider, kinds) => {
  const lived = journeys().filter(({ request }) => request().provider === provider);
  const asked = lived.flatMap(({ stages }) => stages.map(nameOf));
  expect(asked).toEqual(expect.arrayContaining(['onboarding', ...kinds, 'offboarding']));
});

test.each(SWEEPING ? LOST : LOST.slice(1, 2))(
  'the life of an account %s: each effect once, each end the same',
  async (_, fault) => {
    const lives = sample(journeys(), 2).map((journey) => ({ ...journey, ...begin(journey) }));
    await Promise.all(
      lives.map(async ({ stages, live, told }) => {
        for (const stage of stages.slice(0, -1)) told.push(await live(stage, fault));
      }),
    );
    for (const { stages, live, told } of lives) told.push(await live(stages.at(-1)!, fault));
    for (const { name, stages, told } of lives) {
      expect({ name, told }).toEqual({ name, told: stages.map((stage) => wanted(stage, fault !== undefined)) });
    }
  },
);

function wanted(stage: Stage, disturbed: boolean): Told {
  const { effects, again = {}, calls, end } = stage;
  const names = [...new Set([...Object.keys(effects), ...(disturbed ? Object.keys(again) : [])])];
  const counts = names.map((name) => [name, (effects[name] ?? 0) + (disturbed ? (again[name] ?? 0) : 0)]);
  return { stage: nameOf(stage), end, effects: Object.fromEntries(counts), lost: disturbed ? calls.length : 0 };
}

function begin({ request }: Journey) {
  const asked = request();
  const { provider, reference } = asked;
  const sandbox = deployment.sandboxOf(provider);
  const { changes } = deployment.onboardings;
  const live = async (stage: Stage, fault: FaultInput | undefined): Promise<Told> => {
    const before = effectsOf(sandbox, reference);
    const faults = fault ? stage.calls.map((route) => sandbox.faults.add({ ...fault, route })) : [];
    const [end] = await Promise.all([endOf(deployment, asked, stage.ask), people(stage)]);
    const after = Object.entries(effectsOf(sandbox, reference));
    const gained = after.map(([effect, times]) => [effect, times! - (before[effect] ?? 0)] as const);
    return {
      stage: nameOf(stage),
      end,
      effects: Object.fromEntries(gained.filter(([, times]) => times > 0)),
      lost: faults.filter(({ fired }) => fired === 1).length,
    };
  };
  return { live, told: [] as Told[] };

  async function people(stage: Stage): Promise<void> {
    // Not before the call was made again, so that a second mail would be sent.
    if (nameOf(stage) === 'change-email') await eventually('the wait for the new address', isAwaited);
    for (const { kind, member } of stage.people ?? []) {
      await act(sandbox, member === undefined ? reference : `${reference}.${member}`, kind);
    }
  }

  async function isAwaited(): Promise<boolean> {
    const { wait } = await changes.progress(provider, reference).catch(() => ({ wait: undefined }));
    return wait?.for === 'emailChanged';
  }
}

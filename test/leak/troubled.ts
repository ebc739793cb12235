import { offboardingId } from '../../contract/ids.ts';
import { ECHOES } from './echoes.ts';
import {
  QUICK_CHANGE,
  allEnd,
  ask,
  changeAtAttention,
  customerOf,
  mustBeOnRecord,
  offboarded,
  offboardingAtAttention,
  retryChanges,
  type Customer,
  type Wanted,
} from './management.ts';
import { queries, refuseChanges } from './refusals.ts';
import { referenceOf, single } from './requests.ts';
import { about, completes, type Path, type Stage } from './stage.ts';
import type { Person } from '../../contract/request.ts';

const ACCOUNT = String.raw`/api/v1/account/\d+`;
const PATH = 'troubled';

/** Changes and an end that the vendor refuses and quotes, an address that nobody confirms, operators who say why they decide. */
export const troubled: Path = async (stage) => {
  const { canaries, customers } = stage;
  const customer = customerOf(PATH);
  const request = single(canaries, PATH, { ssnMonitoring: true, watchlists: canaries.watchlists(PATH) });
  customers.willing(customer.reference);
  await completes(stage, PATH, request);
  const { person } = request;
  await quotedChanges(stage, customer, person);
  await abortedChange(stage, customer, person);
  await unprovenAddress(stage, customer);
  return abortedOffboarding(stage, customer, person);
};

async function quotedChanges(stage: Stage, customer: Customer, person: Person): Promise<void> {
  const { canaries } = stage;
  disturb(stage, `PATCH ${ACCOUNT}$`, 'refusal whose sentences quote', 'refusal whose code quotes');
  disturb(stage, `POST ${ACCOUNT}/change-email`, 'error that quotes', 'success of another shape');
  disturb(stage, `POST ${ACCOUNT}/password`, 'older refusal with data for field names', 'clash that quotes');
  disturb(stage, `POST ${ACCOUNT}/change-supervisor`, 'refusal as text');
  disturb(stage, `POST ${ACCOUNT}/phone-watchlist`, 'success with data for field names', 'redirect that quotes');
  const { email, phone, lastName } = canaries.person(`${PATH}.new`);
  const supervisorId = canaries.plant(`${PATH}: supervisor`, '4711081517');
  const wanted: Wanted[] = [
    ['profile', { kind: 'update-profile', profile: { phone, lastName } }, 'done'],
    ['address', { kind: 'change-email', email }, 'done'],
    ['password', { kind: 'set-password', by: 'generated' }, 'done NotReadable'],
    ['supervisor', { kind: 'change-supervisor', supervisorId }, 'refused RequestRefused'],
    ['item', { kind: 'add-watchlist-item', item: canaries.watchlists(`${PATH}.new`)[1]! }, 'done'],
  ];
  await ask(stage, customer, wanted);
  await retryChanges(stage, customer, canaries.reason(`${PATH}: retry`, person));
  await allEnd(stage, customer, wanted);
}

async function abortedChange(stage: Stage, customer: Customer, person: Person): Promise<void> {
  const { canaries, onboard } = stage;
  disturb(stage, `PATCH ${ACCOUNT}$`, 'refusal as text');
  const { phone, firstName } = canaries.person(`${PATH}.aborted`);
  const wanted: Wanted[] = [['aborted', { kind: 'update-profile', profile: { phone, firstName } }, 'aborted Invalid']];
  await ask(stage, customer, wanted);
  await changeAtAttention(stage, customer);
  const ref = `change/defentry/${customer.reference}`;
  await onboard.here('attention with a change', ['attention', '--step', 'applyChange']);
  await onboard.here('status of a change at attention', ['status', ref]);
  await refuseChanges(stage, customer, 'aborted');
  const reason = canaries.reason(`${PATH}: abort`, person);
  const by = canaries.plant(`${PATH}: operator`, 'Kanarie Handlaggare <kanarie.op@bank.example>', 'kanarie.op');
  await onboard.here('resolve of a change', ['resolve', ref, 'applyChange', 'abort', '--reason', reason, '--by', by]);
  await mustBeOnRecord(stage, ref, reason);
  await allEnd(stage, customer, wanted);
}

/** The person never confirms, and the old address comes back. */
async function unprovenAddress(stage: Stage, customer: Customer): Promise<void> {
  const { canaries, customers } = stage;
  customers.unwilling(customer.reference);
  const { email } = canaries.person(`${PATH}.unproven`);
  const wanted: Wanted[] = [['unproven', { kind: 'change-email', email }, 'expired EmailNotVerified']];
  const emailChanged = { ...QUICK_CHANGE.emailChanged, reminders: ['PT1S'], deadline: 'PT8S' };
  await ask(stage, customer, wanted, { ...QUICK_CHANGE, emailChanged });
  await allEnd(stage, customer, wanted);
}

async function abortedOffboarding(stage: Stage, customer: Customer, person: Person): Promise<string> {
  const { canaries, onboard } = stage;
  disturb(stage, `DELETE ${ACCOUNT}/\\w+-watchlist/`, 'refusal as message');
  disturb(stage, `POST ${ACCOUNT}/deactivate`, 'refusal as message');
  await onboard.here('offboard that hangs', [
    'offboard',
    customer.reference,
    '--keep-for',
    'PT0S',
    '--yes',
    '--no-wait',
  ]);
  await offboardingAtAttention(stage, customer, 'deactivateAccount');
  const all = ['resolve', '--all', 'retry', '--step', 'deactivateAccount'];
  const reason = canaries.reason(`${PATH}: all`, person);
  await onboard.here('resolve --all --dry-run', [...all, '--dry-run']);
  await onboard.here('resolve --all', [...all, '--reason', reason, '--yes']);
  await offboardingAtAttention(stage, customer, 'removeWatchlistItems');
  await onboard.here('attention with an offboarding', ['attention', '--json']);
  const ref = `offboarding/defentry/${customer.reference}`;
  const why = canaries.reason(`${PATH}: offboarding`, person);
  await onboard.here('resolve of an offboarding', ['resolve', ref, 'removeWatchlistItems', 'abort', '--reason', why]);
  const end = await offboarded(stage, customer);
  await mustBeOnRecord(stage, ref, reason);
  await mustBeOnRecord(stage, ref, why);
  await queries(stage, offboardingId('defentry', customer.reference), ['offboardingProgress', 'decisions']);
  await onboard.here('status of an aborted offboarding', ['offboard', 'status', customer.reference]);
  return end;
}

function disturb(stage: Stage, pattern: string, ...names: string[]): void {
  const route = new RegExp(`^${pattern}`);
  const isAbout = about(stage, PATH);
  for (const name of names) {
    stage.house.providers.defentry.vendor.disturb({
      name: `${PATH}, ${pattern}: ${name}`,
      meets: (call) => route.test(call.route) && isAbout(call),
      does: ECHOES[name]!,
    });
  }
}

/** A cancel while the account is kept; and an end of what is not there. */
export const broughtBack: Path = async (stage) => {
  const { house, canaries, customers, onboard } = stage;
  const path = 'brought-back';
  const customer = customerOf(path);
  const { reference } = customer;
  customers.willing(reference);
  await completes(stage, path, single(canaries, path));
  await onboard.here('offboard that keeps', ['offboard', reference, '--keep-for', 'P30D', '--yes']);
  await onboard.here('change during an offboarding', ['change', reference, 'activate']);
  await onboard.here('offboard cancel', ['offboard', 'cancel', reference]);
  const end = await offboarded(stage, customer);
  await house.client.changes.request({ ...customer, changeId: 'after', change: { kind: 'deactivate' } });
  return end;
};

/** The provider's own id names nobody's account, and may be personal all the same. */
export const nobody: Path = async (stage) => {
  const { canaries, onboard } = stage;
  const customer = customerOf('nobody');
  const accountId = canaries.plant('nobody: account', 'kanarie-konto-08154711');
  const wanted: Wanted[] = [['none', { kind: 'activate' }, 'refused NotFound']];
  await ask(stage, { ...customer, accountId }, wanted);
  await allEnd(stage, customer, wanted);
  const args = ['--account-id', accountId, '--keep-for', 'PT0S', '--yes'];
  await onboard.here('offboard nobody', ['offboard', referenceOf('nobody'), ...args]);
  return offboarded(stage, customer);
};

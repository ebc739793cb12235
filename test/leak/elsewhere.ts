import { eventually } from '../setup/eventually.ts';
import type { ProviderName } from '../../contract/request.ts';
import { ECHOES } from './echoes.ts';
import { allEnd, ask, customerOf, offboarded, retryChanges, type Wanted } from './management.ts';
import { PACKAGE } from './providers.ts';
import { member, single } from './requests.ts';
import { ended, retryAlways, until, waitsFor, type Path, type Stage } from './stage.ts';
import type { Vendor } from './vendor.ts';

// One customer's whole life at each of the other providers: begun, changed and ended, with a vendor that quotes.

export const payway: Path = async (stage) => {
  const { house, canaries, onboard } = stage;
  const { sandbox, vendor } = house.providers.payway;
  const path = 'payway';
  const provider = 'tulo-payway';
  const customer = customerOf(path, provider);
  const { reference } = customer;
  disturb(vendor, path, [
    ['GET /external/api/v1/accounts/status', 'error page that quotes'],
    ['POST /external/api/v2/accounts', 'refusal with data for codes', 'error that quotes', 'success of another shape'],
    ['POST /external/api/v1/userproducts', 'success cut short'],
    ['POST /external/api/v1/accounts/share_subscription', 'proxy page that quotes'],
    ['POST /external/api/v1/accounts/verify_account', 'success with a wrong type'],
    ['PUT /external/api/v2/accounts', 'refusal as text', 'success with data for field names'],
    ['POST /external/api/v1/accounts/complete_password_reset', 'error that quotes'],
    ['POST /external/api/v1/accounts/request_password_reset', 'throttle whose delay quotes'],
  ]);
  const mail = (kind: string) =>
    eventually(`a mail: ${kind}`, () => sandbox.outbox.open().findLast((item) => item.kind === kind));

  const members = [member(canaries, path, 'partner')];
  const request = single(canaries, path, { provider, kind: 'family', planId: PACKAGE, members });
  await house.client.start(request);
  const decided = retryAlways(stage, path, provider);
  await until(stage, path, waitsFor('emailVerified'), provider);
  const code = canaries.plant(`${path}: wrong code`, 'c4a4a41e-0815-4711-8000-kanarie00000');
  await onboard.here('confirm-email, wrong', ['confirm-email', `${provider}/${reference}`, code]);
  const { code: right } = await mail('verify-email');
  await confirm(stage, `${provider}/${reference}`, right!);
  sandbox.act((await mail('invitation')).id);
  const end = await ended(stage, path, provider);
  await decided;
  if (end !== 'completed') throw new Error(`the onboarding ended ${end}`);

  const { email, firstName, lastName, phone } = canaries.person(`${path}.new`);
  const later = member(canaries, path, 'later');
  const wanted: Wanted[] = [
    ['profile', { kind: 'update-profile', profile: { firstName, lastName, phone } }, 'done'],
    ['password', { kind: 'set-password', by: 'generated' }, 'done NotReadable'],
    ['reset-mail', { kind: 'set-password', by: 'reset-mail' }, 'done NotReadable'],
    ['no-plan', { kind: 'upgrade-plan', planId: canaries.plant(`${path}: plan`, 'ett paket utan namn') }, NO],
    ['member', { kind: 'add-member', member: later }, 'done'],
    ['member-gone', { kind: 'remove-member', member: later }, 'done NotReadable'],
    // While members share it, the plan cannot be changed.
    ['shared-plan', { kind: 'downgrade-plan', planId: 'single' }, NO],
    ['partner-gone', { kind: 'remove-member', member: members[0]! }, 'done'],
    ['monitoring', { kind: 'ssn-monitoring-on' }, NO],
    ['address', { kind: 'change-email', email }, 'done'],
    ['plan', { kind: 'downgrade-plan', planId: 'single' }, 'done'],
  ];
  await ask(stage, customer, wanted);
  const mended = retryChanges(stage, customer, canaries.reason(`${path}: retry`, request.person));
  await eventually('the new address', async () => {
    const { changes } = await house.client.changes.progress(provider, reference);
    return changes.find(({ changeId }) => changeId === 'address')?.status === 'running';
  });
  sandbox.act((await mail('verify-email')).id);
  await mended;
  await allEnd(stage, customer, wanted);
  return offboard(stage, path, provider);
};

export const facilioo: Path = async (stage) => {
  const { house, canaries, onboard } = stage;
  const path = 'facilioo';
  const customer = customerOf(path, path);
  const { vendor } = house.providers.facilioo;
  // Few: after five refusals in a row nothing more is sent for minutes.
  disturb(vendor, path, [
    ['POST /api/accounts/search', 'error page that quotes'],
    ['POST /api/accounts', 'problem that quotes', 'error that quotes', 'success of another shape'],
    [String.raw`PATCH /api/accounts/\d+`, 'problem that quotes', 'success cut short'],
  ]);
  const { phone: _, ...person } = canaries.person(path);
  const request = single(canaries, path, { provider: path, person, holderId: '1', awaitEmailVerified: true });
  await house.client.start(request);
  const decided = retryAlways(stage, path, path);
  await until(stage, path, waitsFor('emailVerified'), path);
  const ref = `${path}/${customer.reference}`;
  await onboard.here('signal at facilioo', ['signal', 'email-verified', ref]);
  const end = await ended(stage, path, path);
  await decided;
  if (end !== 'completed') throw new Error(`the onboarding ended ${end}`);
  const { email } = canaries.person(`${path}.new`);
  const wanted: Wanted[] = [
    ['rights', { kind: 'change-rights', rights: { admin: true, viewAllRepresentations: true } }, 'done'],
    ['address', { kind: 'change-email', email }, NO],
    ['member', { kind: 'add-member', member: member(canaries, path, 'later') }, NO],
  ];
  await ask(stage, customer, wanted);
  await retryChanges(stage, customer, canaries.reason(`${path}: retry`, person));
  await allEnd(stage, customer, wanted);
  return offboard(stage, path, path);
};

const NO = 'refused RequestRefused';

async function confirm({ house, canaries, onboard }: Stage, ref: string, code: string): Promise<void> {
  canaries.plant('right code', code);
  // The vendor answers the first one in a wrong way.
  for (const name of ['once', 'again']) await onboard.here(`confirm-email, ${name}`, ['confirm-email', ref, code]);
  const [provider, reference] = ref.split('/') as [string, string];
  await eventually('the confirmed address', async () => {
    const { steps } = await house.client.progress(provider, reference);
    return steps.find(({ name }) => name === 'verifyEmail')?.status === 'done';
  });
}

async function offboard(stage: Stage, path: string, provider: ProviderName): Promise<string> {
  const customer = customerOf(path, provider);
  const ref = `${provider}/${customer.reference}`;
  await stage.onboard.here(`offboard at ${provider}`, ['offboard', ref, '--keep-for', 'PT0S', '--yes', '--wait']);
  return offboarded(stage, customer);
}

function disturb(vendor: Vendor, path: string, weather: [route: string, ...answers: string[]][]): void {
  for (const [pattern, ...names] of weather) {
    const route = new RegExp(`^${pattern}(?:\\?|$)`);
    for (const name of names) {
      const does = ECHOES[name]!;
      vendor.disturb({ name: `${path}, ${pattern}: ${name}`, meets: (call) => route.test(call.route), does });
    }
  }
}

import type { OnboardingRequest } from '../../contract/request.ts';
import { ECHOES } from './echoes.ts';
import { QUICK, member, referenceOf, single } from './requests.ts';
import { about, ended, memberAtAttention, retryAlways, type Path, type Stage } from './stage.ts';

/** The answers on the way of a customer, by route; each once, then the vendor does what was asked. */
type Weather = [route: string, ...answers: string[]][];

const ACCOUNT = String.raw`/api/v1/account/\d+`;

const WITH_SSN: Weather = [
  ['POST /api/v1/account/check-attribute-for-uniqueness', 'error page that quotes', 'success of another shape'],
  ['GET /api/v1/account/get-id-by-ssn/', 'error that quotes', 'success with a wrong type', 'redirect that quotes'],
  ['GET /api/v1/account/external-id/', 'proxy page that quotes', 'refusal as message'],
  ['POST /api/v1/account$', ...Object.keys(ECHOES)],
  [`PATCH ${ACCOUNT}/ssn-monitoring/activate`, 'older refusal in a list', 'no answer'],
  [`GET ${ACCOUNT}/email-watchlist`, 'success of another shape', 'broken connection'],
  [`POST ${ACCOUNT}/phone-watchlist`, 'refusal as text', 'refusal whose sentences quote', 'success cut short'],
];

const BY_EID: Weather = [
  [`GET ${ACCOUNT}/activation-status`, 'error that quotes', 'older refusal in a list'],
  ['POST /api/v1/sso/token', 'error that quotes', 'refusal as message', 'success with a wrong type'],
  ['POST /api/v1/eid-stand-in/sessions$', 'clash that quotes', 'refusal whose code quotes', 'success that is a page'],
  [`GET ${ACCOUNT}/members`, 'error page that quotes'],
  [`POST ${ACCOUNT}/member$`, 'throttle whose delay quotes', 'error page that quotes', 'success cut short'],
  [`POST ${ACCOUNT}/invite`, 'proxy page that quotes', 'broken connection'],
];

/** A vendor that answers in every wrong way and quotes what it was sent. */
export const storm: Path = async (stage) => {
  const { canaries } = stage;
  const path = 'storm';
  const request = single(canaries, path, { ssnMonitoring: true, watchlists: canaries.watchlists(path) });
  return weather(stage, path, WITH_SSN, request);
};

export const eidStorm: Path = async (stage) => {
  const { canaries, customers } = stage;
  const path = 'eid-storm';
  const { ssn: _, ...person } = single(canaries, path).person;
  customers.identifies(referenceOf(path), canaries.ssn(`${path}: by eID`));
  const members = [member(canaries, path, 'partner')];
  const identification = canaries.identification(path);
  return weather(stage, path, BY_EID, single(canaries, path, { kind: 'family', person, members, identification }));
};

/** The vendor is away for longer than the policy lets a step fail; the step mends itself while an operator is called for. */
export const outage: Path = async (stage) => {
  const { house, canaries, customers } = stage;
  const path = 'outage';
  const isAbout = about(stage, path);
  house.providers.defentry.vendor.disturb({
    name: 'outage',
    meets: (call) => call.route === 'POST /api/v1/account' && isAbout(call),
    does: ECHOES['error that quotes']!,
    times: 4,
  });
  customers.willing(referenceOf(path));
  await house.client.start(
    single(canaries, path, { policy: { ...QUICK, attention: { after: 'PT2S', retryEvery: 'PT1S' } } }),
  );
  return ended(stage, path);
};

async function weather(stage: Stage, path: string, answers: Weather, request: OnboardingRequest): Promise<string> {
  const isAbout = about(stage, path, request.person.ssn);
  for (const [pattern, ...names] of answers) {
    const route = new RegExp(`^${pattern}`);
    for (const name of names) {
      stage.house.providers.defentry.vendor.disturb({
        name: `${path}, ${pattern}: ${name}`,
        meets: (call) => route.test(call.route) && isAbout(call),
        does: ECHOES[name]!,
      });
    }
  }
  const reference = referenceOf(path);
  stage.customers.willing(reference, `${reference}.partner`);
  await stage.house.client.start(request);
  const over = new AbortController();
  const members = request.members ? retryMember(stage, path, over.signal) : undefined;
  await retryAlways(stage, path);
  over.abort();
  await members;
  return ended(stage, path);
}

/** The same operator for the member's own run, for as long as the customer's is open. */
async function retryMember(stage: Stage, path: string, over: AbortSignal): Promise<void> {
  const { client } = stage.house;
  while (!over.aborted) {
    if (!(await memberAtAttention(stage, path, 'partner'))) continue;
    const { attention } = await client.memberProgress('defentry', referenceOf(path), 'partner');
    const decision = { step: attention?.step ?? '', action: 'retry', member: 'partner', reason: 'again' } as const;
    // Refused when the step has mended itself meanwhile.
    await client.resolve('defentry', referenceOf(path), decision).catch(() => undefined);
  }
}

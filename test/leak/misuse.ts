import type { Canaries } from './canaries.ts';
import type { Environment } from './programs.ts';
import type { Onboard } from './onboard.ts';
import { referenceOf, single } from './requests.ts';

type Misuse = [name: string, args: string[], input?: string, env?: Environment];

/** Personal data and secrets in all the wrong places of the command line: each call must be refused. */
export async function misuse(onboard: Onboard, canaries: Canaries): Promise<Map<string, number>> {
  const codes = new Map<string, number>();
  for (const [name, args, input] of [...badRequests(canaries), ...badArguments(canaries)]) {
    codes.set(name, await onboard.here(name, args, input));
  }
  for (const [name, args, input, env] of badSettings(canaries)) {
    codes.set(name, (await onboard.run(name, args, input, env)).code);
  }
  return codes;
}

function badRequests(canaries: Canaries): Misuse[] {
  const [email, ssn] = [canaries.person('misuse').email, canaries.ssn('misuse')];
  const request = single(canaries, 'misuse-request');
  const { person } = request;
  const watched = canaries.watchlists('misuse').map(({ kind, value }) => ({ kind, value: `${value}?` }));
  const broken = {
    provider: person.firstName,
    reference: person.ssn,
    kind: person.lastName,
    person: {
      firstName: `${person.firstName}\n`,
      lastName: [person.lastName],
      email: `${person.email} `,
      phone: `${person.phone} (home)`,
      ssn: `#${person.ssn}`,
      countryCode: person.firstName,
      languageCode: person.lastName,
      [email]: 'an address as the name of a field',
      [ssn]: 'an SSN as the name of a field',
    },
    company: person.lastName,
    planId: `${person.ssn}\n`,
    members: [{ reference: person.email, person: person.firstName }],
    identification: { scheme: person.lastName, returnUrl: person.email },
    ssnMonitoring: person.ssn,
    watchlists: [{ kind: person.email, value: person.phone }, person.ssn, ...watched],
    policy: { undoWithin: person.ssn, atAbort: person.lastName, [`${person.email}`]: 1 },
  };
  const text = JSON.stringify(broken);
  return [
    ['start: everything wrong', ['start', '-'], text],
    ['start --json: everything wrong', ['start', '-', '--json'], text],
    ['start: no JSON', ['start', '-'], text.slice(0, -40)],
    ['start: an e-mail as reference', ['start', '-'], JSON.stringify({ ...request, reference: email })],
    ['start: an SSN as reference', ['start', '-'], JSON.stringify({ ...request, reference: ssn })],
    ['change: everything wrong', ['change', '-'], brokenChange(canaries)],
    ['change --json: everything wrong', ['change', '-', '--json'], brokenChange(canaries)],
    ['change: no JSON', ['change', '-'], brokenChange(canaries).slice(0, -20)],
    ['add-member: wrong', ['add-member', referenceOf('updates'), '-'], JSON.stringify({ ...person, reference: ssn })],
  ];
}

function brokenChange(canaries: Canaries): string {
  const { firstName, email, phone, ssn } = single(canaries, 'misuse-change').person;
  const item = { kind: email, value: phone };
  const change = {
    kind: 'update-profile',
    profile: { ssn, email, phone: `${phone} (work)`, firstName: [firstName] },
    item,
  };
  return JSON.stringify({
    provider: firstName,
    reference: ssn,
    changeId: email,
    change,
    ifBusy: ssn,
    accountId: [phone],
  });
}

function badArguments(canaries: Canaries): Misuse[] {
  const [email, ssn] = [canaries.person('misuse-argument').email, canaries.ssn('misuse-argument')];
  const twelve = canaries.ssn('misuse-argument: twelve', 'twelve');
  const reference = referenceOf('updates');
  return [
    ['status: an e-mail', ['status', email]],
    ['status: an SSN', ['status', ssn]],
    ['status --json: an SSN without hyphen', ['status', twelve, '--json']],
    ['watch: an SSN', ['watch', ssn]],
    ['status: an SSN as provider', ['status', `${ssn}/x`]],
    ['status: an SSN as member', ['status', `defentry/${reference}/${ssn}`]],
    ['status: an e-mail as provider', ['status', reference, '--provider', email]],
    ['list: an e-mail as provider', ['list', '--provider', email]],
    ['resolve: an SSN as action', ['resolve', reference, 'createAccount', ssn]],
    ['resolve --all: an SSN as action', ['resolve', '--all', ssn]],
    ['resolve --all: an SSN as code', ['resolve', '--all', 'retry', '--code', ssn, '--dry-run']],
    ['change: an e-mail as kind', ['change', reference, email]],
    ...canaries.watchlists('misuse-argument').map(({ kind, value }): Misuse => {
      return [`change: a wrong ${kind}`, ['change', reference, 'add-watchlist-item', kind, `${value}?`]];
    }),
    ['change: an SSN as e-mail', ['change', reference, 'change-email', ssn]],
    ['change: an SSN in the profile', ['change', reference, 'update-profile', `ssn=${ssn}`]],
    ['change: an SSN as its id', ['change', reference, 'activate', '--id', ssn]],
    ['change: an e-mail alone', ['change', email]],
    ['offboard: an SSN', ['offboard', ssn, '--yes']],
    ['offboard: an SSN as time', ['offboard', reference, '--keep-for', ssn, '--yes']],
    ['decisions: an SSN', ['decisions', ssn]],
    ['erase: an SSN', ['erase', ssn]],
    ['read: an SSN', ['read', ssn]],
    ['read: an e-mail as what', ['read', reference, email]],
    ['read: an SSN as time', ['read', reference, 'account', '--within', ssn]],
    ['offboard status: an e-mail', ['offboard', 'status', email]],
    ['offboard cancel: an SSN', ['offboard', 'cancel', twelve]],
    ['offboard: nobody asked', ['offboard', reference, '--account-id', ssn]],
    ['attention: an SSN as step', ['attention', '--step', ssn]],
    ['attention: an e-mail as code', ['attention', '--code', email]],
    ['attention: an SSN as time', ['attention', '--older-than', ssn]],
    ['events: an e-mail as provider', ['events', '--provider', email]],
    ['events: an SSN too many', ['events', ssn]],
    ['resolve: an e-mail as step', ['resolve', reference, email, 'retry', '--reason', ssn]],
    ['resolve: no reason', ['resolve', reference, email, 'retry', '--by', email]],
    ['resolve: a novel for a reason', ['resolve', reference, 'createAccount', 'retry', '--reason', email.repeat(50)]],
    ['signal: an SSN as kind', ['signal', ssn, reference]],
    ['change: an SSN as right', ['change', reference, 'change-rights', `${email}=true`]],
    ['change: a member from nowhere', ['change', reference, 'add-member', `/nowhere/${email}.json`]],
    ['start: an e-mail as file', ['start', `${email}.json`]],
    ['change: an SSN as file', ['change', `${ssn}.json`]],
    ['token: a person as name', ['token', 'new', '--name', email, '--scope', 'read']],
    ['correct: value before path', ['correct', reference, ssn, 'person.ssn']],
    ['an e-mail as command', [email]],
    ['an SSN as option', ['status', reference, `--${ssn}`]],
    ['an SSN too many', ['status', reference, ssn]],
  ];
}

function badSettings(canaries: Canaries): Misuse[] {
  const key = canaries.plant('misuse: key', 'kanarie:Kanarie+Key/With=Wrong=Length');
  const address = canaries.plant('misuse: address', 'kanarie:hemligt@127.0.0.1:9');
  const apiKey = canaries.plant('misuse: API key', 'kanarie-api-key-0815');
  const offline = { TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT1S' };
  return [
    ['list: wrong key', ['list'], '', { ONBOARDING_KEYS: key }],
    ['list: keys from nowhere', ['list'], '', { ONBOARDING_KEYS: '', ONBOARDING_KEY_FILE: `/nowhere/${key}` }],
    ['doctor: wrong key', ['doctor'], '', { ONBOARDING_KEYS: key }],
    ['list: API key, no server', ['list'], '', { ...offline, TEMPORAL_API_KEY: apiKey }],
    ['doctor: API key, no server', ['doctor', '--json'], '', { ...offline, TEMPORAL_API_KEY: apiKey }],
    ['list: login in the address', ['list'], '', { ...offline, TEMPORAL_ADDRESS: address }],
    ['list: wrong deadline', ['list'], '', { ONBOARDING_CALL_DEADLINE: apiKey }],
    ['start: wrong address of the UI', ['start', '-'], '{}', { TEMPORAL_UI_URL: apiKey }],
  ];
}

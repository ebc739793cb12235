import { paywayEnvelope, ssiEnvelope } from '../gateway/payway-envelope.ts';
import { signed } from '../gateway/webhook-gateway.ts';
import type { Canaries } from './canaries.ts';
import type { Caller } from './caller.ts';
import { referenceOf } from './requests.ts';
import type { Stage } from './stage.ts';

export interface Secrets {
  /** Last segment of the webhooks' path. */
  path: string;
  signing: string;
}

export function plantSecrets(canaries: Canaries): Secrets {
  return {
    path: canaries.plant('path secret of the webhooks', 'kanarie-path-secret-of-32-characters'),
    signing: canaries.plant('signing secret of the webhooks', 'kanarie-signing-secret-of-32-chars'),
  };
}

/** What comes without a token: webhooks with all their secrets, right and wrong. Answers the statuses. */
export async function sendWebhooks({ canaries }: Stage, caller: Caller, secrets: Secrets): Promise<number[]> {
  const accountId = canaries.plant('webhook: account of nobody', '5f1e9b0a6fc936530cafe471');
  const envelopes = [
    paywayEnvelope('registered_account_confirmed', accountId),
    paywayEnvelope('account_requested_password_reset', accountId),
    ssiEnvelope('account_activated', accountId),
  ];
  const statuses: number[] = [];
  for (const { body, canaries: own } of envelopes) {
    canaries.all.push(...own.all);
    statuses.push(await caller.ask(undefined, 'POST', `/webhooks/tulo-payway/${secrets.path}`, { body }));
  }
  const { body } = envelopes[0]!;
  statuses.push(await caller.ask(undefined, 'POST', `/webhooks/tulo-payway/${secrets.path}x`, { body }));
  const cut = JSON.stringify(body).slice(0, -1);
  statuses.push(await caller.ask(undefined, 'POST', `/webhooks/tulo-payway/${secrets.path}`, { body: cut }));

  const eventId = canaries.plant('webhook: event id', 'kanarie-handelse-4711');
  const event = JSON.stringify({ provider: 'defentry', kind: 'emailVerified', accountId, eventId });
  const headers = signed(event, { secret: secrets.signing });
  statuses.push(await caller.ask(undefined, 'POST', '/webhooks/generic', { body: event, headers }));
  statuses.push(await caller.ask(undefined, 'POST', '/webhooks/generic', { body: `${event} `, headers }));
  return statuses;
}

/** Customers who come back from a mail and from an eID. Answers the statuses. */
export async function comeBack({ canaries }: Stage, caller: Caller): Promise<number[]> {
  const { email, firstName } = canaries.person('coming-back');
  const ssn = canaries.ssn('coming-back');
  const links = `/v1/onboardings/defentry/${referenceOf('over-http')}/return-links`;
  await caller.ask('start', 'POST', links, { body: { kind: email, language: firstName, expiresIn: ssn } });
  await caller.ask('read', 'POST', links, { body: { kind: 'email' } });
  const made = async (kind: string): Promise<string> => {
    const { body } = await caller.unheard('start', 'POST', links, { body: { kind, language: 'sv' } });
    const { pathname } = new URL((JSON.parse(body) as { url: string }).url);
    canaries.plant(`return link: ${kind}`, pathname.split('/').at(-1)!);
    return pathname;
  };
  const headers = {
    'accept-language': `sv;q=0.9, ${email}`,
    'user-agent': `Kanarie ${ssn}`,
    referer: `https://retur.example/?${encodeURIComponent(email)}`,
    cookie: `person=${ssn}`,
  };
  const [mail, eid] = [await made('email'), await made('eid')];
  const session = canaries.plant('session of the eID', 'kanarie-session-90210');
  const statuses: number[] = [];
  for (const [method, path] of [
    ['GET', mail],
    ['POST', mail],
    ['POST', mail],
    ['GET', `/v/${encodeURIComponent(email)}`],
    ['GET', `${eid}?session=${session}&pid=${ssn}`],
    ['POST', `${eid}?session=${session}&pid=${ssn}`],
  ] as const) {
    statuses.push(await caller.ask(undefined, method, path, { headers }));
  }
  return statuses;
}

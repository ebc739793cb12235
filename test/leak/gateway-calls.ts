import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client } from '@temporalio/client';
import { SCOPES, type Scope } from '../../contract/scopes.ts';
import { hashOf, settingOf } from '../../encryption/access-token.ts';
import { freePorts } from '../../tools/process/ports.ts';
import { onboardingId } from '../../contract/ids.ts';
import { Caller } from './caller.ts';
import type { House } from './house.ts';
import { compiled } from '../setup/compiled.ts';
import { comeBack, plantSecrets, sendWebhooks } from './outside.ts';
import { startProgram } from './programs.ts';
import { askRest } from './rest-calls.ts';
import { referenceOf } from './requests.ts';
import { askByScope } from './scopes.ts';
import { searchFor } from './search.ts';
import { text } from './sources.ts';
import type { Stage } from './stage.ts';

export interface Asked {
  /** Canaries in what the codec answered to those who may know: it has really decoded. */
  clear: Set<string>;
  /** Statuses of the codec's refusals. */
  refusals: number[];
  /** Statuses of the question for an open run's link, by scope. */
  links: Partial<Record<Scope, number>>;
  webhooks: number[];
  returns: number[];
  /** Statuses of all but the codec. */
  statuses: number[];
}

/** Of no run, the same for everybody who may read them. */
const PAGES = [
  '/docs/json',
  '/docs/',
  '/problems',
  '/readyz',
  '/v1/onboardings?limit=200',
  '/v1/providers',
  '/metrics',
];

/** Asks the gateway for everything that it has, rightly and wrongly, with personal data in all places. */
export async function askGateway(stage: Stage, decoded: string): Promise<Asked> {
  const { house, canaries, heard } = stage;
  const tokens = Object.fromEntries(
    SCOPES.map((scope) => [
      scope,
      canaries.plant(`token for ${scope}`, `kanarie-${scope}-token-of-more-than-32-characters`),
    ]),
  ) as Record<Scope, string>;
  const secrets = plantSecrets(canaries);
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...house.env,
    GATEWAY_PORT: String(port),
    GATEWAY_TOKENS: SCOPES.map((scope) => settingOf(`caller-${scope}`, [scope], tokens[scope])).join(),
    WEBHOOK_TULO_PAYWAY_PATH_SECRETS: hashOf(secrets.path).toString('hex'),
    WEBHOOK_GENERIC_SIGNING_SECRETS: secrets.signing,
  };
  const gateway = await startProgram(compiled('gateway/main.js'), env, house.gatewayLog, `${url}/livez`);
  try {
    const caller = new Caller(url, tokens, heard);
    await askRest(stage, caller);
    const links = await askByScope(stage, caller);
    const webhooks = await sendWebhooks(stage, caller, secrets);
    const returns = await comeBack(stage, caller);
    const codec = await askCodec(stage, url, tokens.decode, decoded);
    for (const page of PAGES) await caller.read(page);
    return { ...codec, links, webhooks, returns, statuses: caller.statuses };
  } finally {
    await gateway.stop();
  }
}

/** Has a run decoded by the codec, and calls it in wrong ways. */
async function askCodec({ house, canaries, heard }: Stage, url: string, token: string, path: string) {
  const wrong = canaries.plant('wrong codec token', 'kanarie-wrong-token-of-more-than-32-characters');
  const { email } = canaries.person('codec');
  const post = (to: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url + to, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-namespace': email,
        ...headers,
      },
    });
  const payloads = JSON.stringify({ payloads: await payloadsOf(house, path) });
  const answer = await (await post('/codec/decode', payloads)).text();
  const refused = [
    await post('/codec/decode', payloads, { authorization: `Bearer ${wrong}` }),
    await post(`/codec/decode?customer=${email}`, JSON.stringify({ payloads: email })),
    await post('/codec/decode', `{"payloads": ${email}`),
    await post('/codec/decode', payloads, { origin: `https://${email.replace('@', '.')}` }),
    await post(`/codec/${email}`, payloads),
  ];
  for (const each of refused) heard.push(text('gateway: refusal of the codec', await each.text()));
  const clear = searchFor(canaries.all)(text('answer', answer)).map(({ canary }) => canary);
  return { clear: new Set(clear), refusals: refused.map(({ status }) => status) };
}

/** In Temporal's JSON: base64 inside. */
async function payloadsOf({ connection }: House, path: string): Promise<unknown[]> {
  const run = new Client({ connection }).workflow.getHandle(onboardingId('defentry', referenceOf(path)));
  const { events }: { events: { workflowExecutionStartedEventAttributes?: { input: { payloads: unknown[] } } }[] } =
    JSON.parse(historyToJSON(await run.fetchHistory()));
  return events[0]!.workflowExecutionStartedEventAttributes!.input.payloads;
}

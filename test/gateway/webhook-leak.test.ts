import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Payload } from '@temporalio/common';
import { Client } from '@temporalio/client';
import { encryptionCodec } from '../../encryption/codec.ts';
import { isSealed } from '../../encryption/sealed-payload.ts';
import { PAYWAY_EVENTS } from '../../gateway/webhooks/tulo-payway.ts';
import { searchFor, type Source } from '../leak/search.ts';
import { described, text } from '../leak/sources.ts';
import { eventually } from '../setup/eventually.ts';
import { openHouse, type House } from './payway-house.ts';
import { paywayEnvelope, ssiEnvelope, type Envelope } from './payway-envelope.ts';
import { post, SECRET } from './webhook-gateway.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const isPayload = (value: object): value is Payload => 'metadata' in value && 'data' in value;

/** Every payload in it as whoever has the key reads it. */
async function opened(value: unknown): Promise<string[]> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if (isPayload(value)) {
    // Search attributes are in clear.
    const [payload] = isSealed(value) ? await encryptionCodec(house.stack.keyRing).decode([value]) : [value];
    return [Buffer.from(payload!.data!).toString()];
  }
  return (await Promise.all(Object.values(value).map(opened))).flat();
}

async function sourcesOf(workflowId: string): Promise<Source[]> {
  const { connection } = house.stack.temporal;
  const history = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory();
  const clear = await opened(history);
  expect(clear.length).toBeGreaterThan(0);
  return [
    text(`history of ${workflowId}`, historyToJSON(history)),
    text(`history of ${workflowId}, in clear text`, clear.join('\n')),
    await described(connection, workflowId),
  ];
}

test('nothing of an envelope but its account goes anywhere: not to logs, answers, ids, search attributes, nor, encrypted, into a run', async () => {
  const { reference, accountId } = await house.waiting();
  const names = [...Object.keys(PAYWAY_EVENTS), 'account_renamed'];
  const envelopes: Envelope[] = names.flatMap((name) => [
    paywayEnvelope(name, accountId),
    ssiEnvelope(name, accountId),
    // Without an account it is refused.
    paywayEnvelope(name, ''),
  ]);
  const answers: string[] = [];
  for (const { body } of envelopes) {
    for (const [secret, sent] of [
      [SECRET, body],
      [SECRET, `${JSON.stringify(body)}}`],
      ['wrong', body],
    ] as const) {
      const response = await post(`${house.stack.gateway.url}/webhooks/tulo-payway/${secret}`, sent);
      answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
    }
  }
  for (const status of [202, 204, 400, 404])
    expect(answers.filter((answer) => answer.startsWith(`${status} `))).not.toEqual([]);

  const { client, taskQueue } = house.stack.temporal;
  const facts = Object.values(PAYWAY_EVENTS).filter((meaning) => meaning !== 'ignored').length * 2;
  const runs = await eventually('the deliveries', async () => {
    const found: string[] = [];
    for await (const { workflowId, status } of client.workflow.list({ query: `TaskQueue = '${taskQueue}'` })) {
      if (status.name === 'COMPLETED') found.push(workflowId);
    }
    return found.length === facts && found;
  });
  const sources = [
    text('answers', answers.join('\n')),
    text('log', house.stack.gateway.log.join('')),
    text('ids', runs.join('\n')),
    ...(await Promise.all([...runs, `onboarding.tulo-payway.${reference}`].map(sourcesOf))).flat(),
  ];
  const search = searchFor(envelopes.flatMap(({ canaries }) => canaries.all));
  expect(sources.flatMap(search)).toEqual([]);
  // What the provider calls the account is for those with the key only.
  const account = searchFor([{ name: 'account id', value: accountId }]);
  expect(sources.filter(({ name }) => !name.endsWith('in clear text')).flatMap(account)).toEqual([]);
  expect(sources.flatMap(account)).not.toEqual([]);

  // The search finds what is there.
  const control = text('what was sent', JSON.stringify(envelopes.map(({ body }) => body)));
  expect(new Set(search(control).map(({ canary }) => canary)).size).toBeGreaterThan(10);
  await house.stack.onboardings.cancel('tulo-payway', reference);
});

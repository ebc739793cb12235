import { createHash, randomUUID } from 'node:crypto';
import { deliver } from '../workflows/event/deliveries.ts';
import { eventHash } from '../../encryption/event-hash.ts';
import { eventually, keyRing } from '../workflows/suite.ts';
import { onboardOffline, openCommandSuite, type CommandSuite } from '../cli/suite.ts';
import { reset, singleRequest } from './suite.ts';

let suite: CommandSuite;
beforeAll(async () => {
  suite = await openCommandSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const CANARY = 'kanarie-account';
const base = { provider: 'defentry', eventId: 'e-1', kind: 'emailVerified', accountId: CANARY } as const;

/** A new event of an account that nobody onboarded; its hour of looking passes at once. */
async function unmatched() {
  suite.temporal.startClock = 'skip';
  const { workflowId } = await suite.onboardings.deliverEvent({ ...base, eventId: randomUUID() });
  suite.temporal.startClock = 'frozen';
  await suite.temporal.client.workflow.getHandle(workflowId).result();
  return workflowId;
}

async function listed(filter: Parameters<typeof suite.onboardings.events>[0]) {
  const found = [];
  for await (const delivery of suite.onboardings.events(filter)) found.push(delivery);
  return found;
}

describe('deliverEvent', () => {
  test('starts one run per event of a sender, whose id shows neither event nor account', async () => {
    const event = { ...base, eventId: randomUUID(), reference: 'c-1', accountId: undefined };
    const { workflowId, duplicate } = await suite.onboardings.deliverEvent(event);
    expect(duplicate).toBe(false);
    const [, digest] = /^event\.defentry\.([\w-]{43})$/.exec(workflowId) ?? [];
    // Who knows the event cannot tell its run without the key.
    expect(digest).not.toBe(createHash('sha256').update(event.eventId).digest('base64url'));
    expect(digest).toBe(eventHash(keyRing, [event.eventId]));
    expect(await suite.onboardings.deliverEvent(event)).toEqual({ workflowId, duplicate: true });
    const other = await suite.onboardings.deliverEvent({ ...event, provider: 'facilioo' });
    expect(other).toEqual({ workflowId: `event.facilioo.${digest}`, duplicate: false });
  });

  test('refuses another event under a used id', async () => {
    const event = { ...base, eventId: randomUUID() };
    await suite.onboardings.deliverEvent(event);
    const other = suite.onboardings.deliverEvent({ ...event, kind: 'accountChanged' });
    await expect(other).rejects.toMatchObject({ code: 'EventConflict', message: expect.stringMatching(/^eventId: /) });
  });

  test('takes an event for a duplicate also after its delivery has ended', async () => {
    const { reference } = await suite.onboardings.start(singleRequest());
    const event = { ...base, eventId: randomUUID(), accountId: undefined, reference };
    const { workflowId } = await suite.onboardings.deliverEvent(event);
    const handle = suite.temporal.client.workflow.getHandle(workflowId);
    expect(await handle.result()).toMatchObject({ delivered: true });
    expect(await suite.onboardings.deliverEvent(event)).toEqual({ workflowId, duplicate: true });
  });

  test.each([
    [{ provider: 'acme' }, 'provider: must be one of defentry, tulo-payway, facilioo; correct it.'],
    [{ eventId: undefined }, 'eventId: is missing; add it.'],
    [{ eventId: `${CANARY}\n` }, 'eventId: must be 1 to 200 characters without line breaks; correct it.'],
    [
      { kind: 'mailRead' },
      'kind: must be one of emailVerified, eidCompleted, memberAccepted, accountChanged; correct it.',
    ],
    [{ accountId: undefined }, 'accountId: is missing, and so is reference; add the one the sender knows.'],
    [
      { reference: 'ada@example.com' },
      'reference: looks like an e-mail address, and it stands in logs and lists; use a key of your own without personal data, or one that "onboard reference new" makes.',
    ],
    [{ kind: 'memberAccepted' }, 'member: is missing; kind memberAccepted needs it, add it.'],
    [{ member: 'anna' }, 'member: belongs to kind memberAccepted only; remove it or change the kind.'],
    [{ secret: CANARY }, 'secret: is not a known field; correct its name or remove it.'],
  ])('refuses before anything is started: %j, %s', async (wrong, sentence) => {
    const refused = suite.onboardings.deliverEvent({ ...base, ...wrong });
    await expect(refused).rejects.toMatchObject({ code: 'RequestInvalid', problems: [sentence] });
  });
});

describe('events', () => {
  test('lists what no run was found for, by provider', async () => {
    const workflowId = await unmatched();
    const [delivery] = await eventually(
      () => listed({ unmatched: true, provider: 'defentry' }),
      (found) => found.some((each) => each.workflowId === workflowId),
    );
    expect(delivery).toMatchObject({
      provider: 'defentry',
      kind: 'emailVerified',
      status: 'completed',
      outcome: 'unmatched',
      startedAt: expect.stringMatching(/Z$/),
      endedAt: expect.stringMatching(/Z$/),
    });
    expect(await listed({ unmatched: true, provider: 'facilioo' })).toEqual([]);
  });

  test('lists what is still looked for', async () => {
    const { handle } = await deliver(suite, { kind: 'emailVerified', accountId: CANARY });
    const { workflowId } = handle;
    const found = await eventually(
      () => listed({ running: true }),
      (all) => all.some((each) => each.workflowId === workflowId),
    );
    expect(found.find((each) => each.workflowId === workflowId)).not.toHaveProperty('outcome');
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  });

  test('refuses a provider that is none', async () => {
    await expect(listed({ provider: "x' OR '1'='1" })).rejects.toMatchObject({ code: 'RequestInvalid' });
  });
});

describe('onboard events', () => {
  test('prints a table, or documents, without personal data', async () => {
    const workflowId = await unmatched();
    const args = ['events', '--unmatched', '--provider', 'defentry'];
    const { json } = await eventually(
      () => suite.onboard([...args, '--json']),
      (ran) => ran.json.some((each) => each.workflowId === workflowId),
    );
    expect(json[0]).toMatchObject({ kind: 'emailVerified', outcome: 'unmatched' });
    const { code, stdout } = await suite.onboard(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^EVENT +KIND +OUTCOME +RECEIVED +ENDED$/m);
    expect(stdout).toContain(workflowId);
    expect(stdout + JSON.stringify(json)).not.toContain(CANARY);
    expect(await suite.onboard(['events', '--unmatched', '--provider', 'facilioo'])).toMatchObject({
      code: 0,
      stdout: 'No event fits.\n',
    });
  });

  test('takes only providers that there are', async () => {
    expect(await onboardOffline(['events', '--provider', CANARY])).toMatchObject({ code: 2, stdout: '' });
  });
});

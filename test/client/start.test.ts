import { ReferenceConflict, RequestInvalid } from '../../client/index.ts';
import { FINGERPRINT_MEMO } from '../../contract/start.ts';
import { fingerprint } from '../../client/temporal/fingerprint.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { cancelled, openClientSuite, singleRequest, type ClientSuite } from './suite.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
afterAll(() => suite.close());

const other = { person: { firstName: 'Ada', lastName: 'Other', email: 'ada@example.com' } };
const accounts = () => suite.provider.effects.filter((effect) => effect === 'createAccount').length;

describe('while the run is open', () => {
  test('the same request gives the same run, whatever the order of its fields', async () => {
    const request = singleRequest();
    const first = await suite.onboardings.start(request);
    const reordered = Object.fromEntries(Object.entries(request).toReversed());
    expect(first).toMatchObject({ started: true, workflowId: `onboarding.defentry.${request.reference}` });
    expect(await suite.onboardings.start(reordered)).toEqual({ ...first, started: false });
  });

  test('ten starts at once make one run', async () => {
    const request = singleRequest();
    const all = await Promise.all(Array.from({ length: 10 }, () => suite.onboardings.start(request)));
    expect(all.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(all.map(({ runId }) => runId)).size).toBe(1);
  });

  test('another request under its reference is a conflict and changes nothing', async () => {
    const request = singleRequest();
    await suite.onboardings.start(request);
    const refused = suite.onboardings.start({ ...request, ...other });
    await expect(refused).rejects.toThrow(ReferenceConflict);
    await expect(refused).rejects.toThrow(`defentry/${request.reference} is taken by another request;`);
    expect(await suite.onboardings.get('defentry', request.reference)).toMatchObject({ status: 'running' });
  });
});

describe('after the end', () => {
  test('a completed onboarding keeps its reference', async () => {
    suite.provider.verified = true;
    const request = singleRequest();
    const first = await suite.onboardings.start(request);
    await suite.onboardings.result('defentry', request.reference);
    suite.provider.verified = false;
    const created = accounts();
    expect(await suite.onboardings.start(request)).toEqual({ ...first, started: false });
    await expect(suite.onboardings.start({ ...request, ...other })).rejects.toThrow(ReferenceConflict);
    expect(accounts()).toBe(created);
  });

  test('a rejected one may be started anew, also with another request, once', async () => {
    suite.provider.fail('checkUniqueness', permanent('EmailTaken'));
    const request = singleRequest();
    const first = await suite.onboardings.start(request);
    expect(await suite.onboardings.result('defentry', request.reference)).toMatchObject({ outcome: 'rejected' });
    const changed = { ...request, ...other };
    const all = await Promise.all(Array.from({ length: 5 }, () => suite.onboardings.start(changed)));
    expect(all.filter(({ started }) => started)).toHaveLength(1);
    expect(new Set(all.map(({ runId }) => runId)).size).toBe(1);
    expect(all[0]!.runId).not.toBe(first.runId);
  });

  test('a cancelled one may be started anew', async () => {
    const request = singleRequest();
    const first = await suite.onboardings.start(request);
    await cancelled(suite.onboardings, request.reference);
    await expect(suite.onboardings.result('defentry', request.reference)).rejects.toMatchObject({
      code: 'OnboardingCancelled',
    });
    const again = await suite.onboardings.start({ ...request, ...other });
    expect(again.started).toBe(true);
    expect(again.runId).not.toBe(first.runId);
  });
});

test('a request that breaks a rule starts nothing', async () => {
  const request = singleRequest({ kind: 'business' });
  await expect(suite.onboardings.start(request)).rejects.toThrow(RequestInvalid);
  await expect(suite.onboardings.get('defentry', request.reference)).rejects.toMatchObject({
    code: 'OnboardingNotFound',
  });
});

test('a share is not of somebody whose name Temporal would show', async () => {
  const request = singleRequest();
  await expect(suite.onboardings.start(request, { of: 'ada@example.com' })).rejects.toThrow(
    new RequestInvalid(['share.of: must match [A-Za-z0-9_-]{1,64}; name who asks, without personal data.']),
  );
  await expect(suite.onboardings.get('defentry', request.reference)).rejects.toMatchObject({
    code: 'OnboardingNotFound',
  });
});

test('what is set at start: search attributes, summary and details without personal data, priority, memo', async () => {
  const request = singleRequest();
  const { workflowId } = await suite.onboardings.start(request);
  const found = await suite.temporal.client.workflow.getHandle(workflowId).describe();
  expect(await suite.onboardings.get('defentry', request.reference)).toMatchObject({
    provider: 'defentry',
    reference: request.reference,
    status: 'running',
    stage: expect.any(String),
  });
  const texts = `${await found.staticSummary()} ${await found.staticDetails()}`;
  expect(texts).toContain('Onboard a single customer at defentry');
  expect(texts).not.toMatch(/Ada|Test|example\.com/);
  expect(found.priority).toMatchObject({ priorityKey: 2 });
  expect(found.memo).toEqual({ [FINGERPRINT_MEMO]: fingerprint(request) });
});

import { onboardingId } from '../../contract/ids.ts';
import { singleRequest } from '../client/suite.ts';
import { openGatewaySuite, type GatewaySuite } from './suite.ts';
import { SWEEPING } from '../setup/sample.ts';

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite();
});
afterAll(() => suite.close());

const start = (body: unknown) => suite.gateway.call('POST', '/v1/onboardings', { body });
const batch = (onboardings: unknown) => suite.gateway.call('POST', '/v1/onboardings/batch', { body: { onboardings } });
const other = { person: { firstName: 'Ada', lastName: 'Other', email: 'ada@example.com' } };

describe('start', () => {
  test('201 for a new one, 200 for the same request again, 409 for another one under its reference', async () => {
    const request = singleRequest();
    const first = await start(request);
    expect([first.status, first.body]).toEqual([
      201,
      {
        provider: 'defentry',
        reference: request.reference,
        started: true,
        workflowId: `onboarding.defentry.${request.reference}`,
        runId: expect.any(String),
      },
    ]);
    const again = await start(Object.fromEntries(Object.entries(request).toReversed()));
    expect([again.status, again.body]).toEqual([200, { ...first.body, started: false }]);
    const conflict = await start({ ...request, ...other });
    expect([conflict.status, conflict.body]).toEqual([
      409,
      {
        type: '/problems/reference-conflict',
        title: 'The reference is taken by another request',
        status: 409,
        detail: 'Use another reference, or send the first request again to get its run.',
        instance: `urn:uuid:${conflict.headers.get('x-request-id')}`,
      },
    ]);
    expect(conflict.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test('twenty at once make one run', async () => {
    const request = singleRequest();
    const all = await Promise.all(Array.from({ length: 20 }, () => start(request)));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(all.map(({ body }) => body.runId)).size).toBe(1);
  });

  test('a request that breaks rules is refused field by field, without its values', async () => {
    const { reference } = singleRequest();
    const person = { firstName: 'Ada', lastName: '', email: 'CANARY', ssn: '19121212-1212x!' };
    const refused = await start({ ...singleRequest({ reference }), person, CANARY: 1 });
    expect([refused.status, refused.body.type]).toEqual([400, '/problems/invalid-request']);
    expect(refused.body.errors).toEqual([
      { field: 'person.lastName', message: 'must be 1 to 100 characters without line breaks; correct it.' },
      { field: 'person.email', message: 'must be an e-mail address; correct it or leave it out.' },
      {
        field: 'person.ssn',
        message: 'must be 4 to 30 letters, digits, "+" or "-"; correct it or leave it out.',
      },
      { field: 'CANARY', message: 'is not a known field; correct its name or remove it.' },
    ]);
    expect(refused.text).not.toContain('1212');
    expect((await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}`)).status).toBe(404);
  });
});

describe('batch', () => {
  test('answers each by itself: new, the same again, a conflict and a wrong one', async () => {
    const [known, fresh] = [singleRequest(), singleRequest()];
    await start(known);
    const { status, body } = await batch([fresh, known, { ...known, ...other }, { ...fresh, kind: 'CANARY' }, null]);
    expect(status).toBe(207);
    expect(body.answers).toMatchObject([
      { status: 201, started: { reference: fresh.reference, started: true } },
      { status: 200, started: { reference: known.reference, started: false } },
      { status: 409, problem: { type: '/problems/reference-conflict' } },
      { status: 400, problem: { errors: [{ field: 'kind', message: expect.stringMatching(/^must be one of/) }] } },
      { status: 400, problem: { errors: [{ field: 'request', message: 'must be an object; correct it.' }] } },
    ]);
    expect(JSON.stringify(body)).not.toContain('CANARY');
  });

  test('is the caller’s share of the workers, and comes after what is asked for by itself', async () => {
    const [alone, many] = [singleRequest(), singleRequest()];
    await start(alone);
    await batch([many]);
    const priorityOf = async ({ provider, reference }: typeof alone) =>
      (await suite.temporal.client.workflow.getHandle(onboardingId(provider, reference)).describe()).priority;
    expect(await priorityOf(alone)).toMatchObject({ priorityKey: 2, fairnessKey: 'caller-all' });
    expect(await priorityOf(many)).toMatchObject({ priorityKey: 4, fairnessKey: 'caller-all' });
  });

  test('what nests deeper than a stack is one wrong item among others', async () => {
    const fresh = singleRequest();
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = `{"onboardings":[${deep},${JSON.stringify(fresh)}]}`;
    const { status, body } = await suite.gateway.call('POST', '/v1/onboardings/batch', { body: text });
    expect([status, body.answers]).toMatchObject([
      207,
      [
        { status: 400, problem: { type: '/problems/invalid-request', errors: [{ field: 'request' }] } },
        { status: 201, started: { reference: fresh.reference } },
      ],
    ]);
  });

  test('starts many at once, and the same again are the same runs', async () => {
    const many = SWEEPING ? 100 : 20;
    const requests = Array.from({ length: many }, () => singleRequest());
    const first = await batch(requests);
    const again = await batch(requests);
    const runs = ({ body }: typeof first) =>
      body.answers.map(({ started }: { started: { runId: string } }) => started.runId);
    expect(new Set(first.body.answers.map(({ status }: { status: number }) => status))).toEqual(new Set([201]));
    expect(new Set(again.body.answers.map(({ status }: { status: number }) => status))).toEqual(new Set([200]));
    expect(runs(again)).toEqual(runs(first));
    expect(new Set(runs(first)).size).toBe(many);
  });

  test.each([[[]], [Array.from({ length: 101 }, () => null)], ['x'], [undefined]])(
    'takes 1 to 100: %#',
    async (onboardings) => {
      expect(await batch(onboardings)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'onboardings', message: 'must be a list of 1 to 100 onboardings; correct it.' }] },
      });
    },
  );
});

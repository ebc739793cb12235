import { randomUUID } from 'node:crypto';
import type { ChangeRequest } from '../../client/index.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { cancelled, errorOf, openClientSuite, reset, singleRequest, type ClientSuite } from './suite.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

function upgrade(reference = `c-${randomUUID()}`): ChangeRequest {
  return {
    provider: 'defentry',
    reference,
    changeId: 'plan',
    change: { kind: 'upgrade-plan', planId: '2' },
  };
}

const applied = () => suite.provider.effects.filter((effect) => effect === 'applyChange upgrade-plan').length;

describe('another change of the same kind under a used id is refused', () => {
  const other = { kind: 'upgrade-plan', planId: '3' } as const;
  const refused = { code: 'UpdateRefused', message: 'changeId: belongs to another change; choose a new one.' };

  /** What another change under the id is told, and how many the provider was asked for, the same one included. */
  async function askedAgain(request: ChangeRequest): Promise<object> {
    const { changes } = suite.onboardings;
    const before = applied();
    const { code, message } = await errorOf(changes.request({ ...request, change: other }));
    await changes.request(request);
    return { code, message, applied: applied() - before };
  }

  const ended = (reference: string, end: string) =>
    eventually(
      () => suite.onboardings.changes.get('defentry', reference),
      ({ status }) => status === end,
    );

  test('after it was made', async () => {
    const request = upgrade();
    await suite.onboardings.changes.request(request);
    await ended(request.reference, 'completed');
    expect(await askedAgain(request)).toEqual({ ...refused, applied: 0 });
  });

  test('after it was cancelled', async () => {
    const { changes } = suite.onboardings;
    suite.provider.fail('applyChange', permanent('Forbidden'));
    const request = upgrade();
    await changes.request(request);
    await eventually(
      () => changes.progress('defentry', request.reference),
      ({ attention }) => attention !== undefined,
    );
    await changes.cancel('defentry', request.reference);
    await ended(request.reference, 'cancelled');
    expect(await askedAgain(request)).toEqual({ ...refused, applied: 0 });
  });

  test('while the onboarding that has taken it is open', async () => {
    const { onboardings } = suite;
    const { reference } = singleRequest();
    await onboardings.start(singleRequest({ reference }));
    await eventually(
      () => onboardings.progress('defentry', reference),
      (story) => story.wait?.for === 'emailVerified',
    );
    const held = suite.provider.hold('applyChange');
    const request = upgrade(reference);
    await onboardings.changes.request(request);
    expect(await errorOf(onboardings.changes.request({ ...request, change: other }))).toMatchObject(refused);
    held.release();
    await onboardings.changes.result('defentry', reference, request.changeId);
    expect(await errorOf(onboardings.changes.request({ ...request, change: other }))).toMatchObject(refused);
    expect(await onboardings.changes.request(request)).toMatchObject({ ahead: 0 });
    await cancelled(onboardings, reference);
    // Its undo is over before the next test looks at the account.
    await eventually(
      () => onboardings.get('defentry', reference),
      ({ status }) => status === 'cancelled',
    );
  });
});

test('what tells two changes apart is shown to nobody', async () => {
  const { changes } = suite.onboardings;
  const request = upgrade();
  const { reference, changeId } = request;
  await changes.request(request);
  const stories: unknown[] = [
    await changes.progress('defentry', reference),
    await changes.result('defentry', reference, changeId),
  ];
  const story = changes.watch('defentry', reference);
  for (let next = await story.next(); ; next = await story.next()) {
    stories.push(next.value);
    if (next.done) break;
  }
  expect(stories.at(-1)).toMatchObject({ changes: [{ changeId, status: 'done' }] });
  expect(JSON.stringify(stories)).not.toContain('fingerprint');
});

test('how a change ended is found also after other runs have followed its own', async () => {
  const { changes } = suite.onboardings;
  const first = upgrade();
  const { reference } = first;
  for (const request of [first, { ...first, changeId: 'second' }, { ...first, changeId: 'third' }]) {
    await changes.request(request);
    await eventually(
      () => changes.get('defentry', reference),
      ({ status }) => status === 'completed',
    );
  }
  const before = suite.provider.effects.length;
  expect(await changes.result('defentry', reference, first.changeId)).toMatchObject({ status: 'done' });
  expect(await changes.request(first)).toMatchObject({ ahead: 0 });
  expect(suite.provider.effects).toHaveLength(before);
});

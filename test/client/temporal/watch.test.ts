import type { OnboardingResult, Progress } from '../../../client/index.ts';
import { permanent } from '../../workflows/scripted-provider.ts';
import { eventually, stepStatus } from '../../workflows/suite.ts';
import { openClientSuite, singleRequest, type ClientSuite } from '../suite.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
afterAll(() => suite.close());
beforeEach(() => {
  suite.provider.verified = false;
});

const every = 20;

async function readAll(
  changes: AsyncGenerator<Progress, OnboardingResult | undefined>,
  on?: (story: Progress) => Promise<void>,
): Promise<{ stories: Progress[]; result: OnboardingResult | undefined }> {
  const stories: Progress[] = [];
  for (;;) {
    const next = await changes.next();
    if (next.done) return { stories, result: next.value };
    stories.push(next.value);
    await on?.(next.value);
  }
}

describe('watch', () => {
  test('tells each change once and ends with the result', async () => {
    const { reference } = await begin();
    const { stories, result } = await readAll(
      suite.onboardings.watch('defentry', reference, { every }),
      async (story) => {
        if (story.wait?.for !== 'emailVerified') return;
        suite.provider.verified = true;
        await suite.onboardings.emailVerified('defentry', reference, { eventId: 'clicked' });
      },
    );
    expect(result).toMatchObject({ outcome: 'completed' });
    expect(stories.at(-1)).toMatchObject({ outcome: 'completed' });
    expect(stories.some((story) => stepStatus(story, 'verifyEmail') === 'waiting')).toBe(true);
    const texts = stories.map((story) => JSON.stringify(story));
    expect(texts.filter((text, index) => text === texts[index - 1])).toEqual([]);
  });

  test('of an ended run tells the last story and the result', async () => {
    suite.provider.verified = true;
    const { reference } = await begin();
    await suite.onboardings.result('defentry', reference);
    const { stories, result } = await readAll(suite.onboardings.watch('defentry', reference, { every }));
    expect(stories).toHaveLength(1);
    expect(result).toMatchObject({ outcome: 'completed' });
  });

  test('ends without a result when its caller lets go; the run goes on', async () => {
    const { reference } = await begin();
    const letGo = new AbortController();
    const { result } = await readAll(
      suite.onboardings.watch('defentry', reference, { every, signal: letGo.signal }),
      async () => letGo.abort(),
    );
    expect(result).toBeUndefined();
    expect(await suite.onboardings.get('defentry', reference)).toMatchObject({ status: 'running' });
  });
});

describe('list', () => {
  const references = async (filter: Parameters<typeof suite.onboardings.list>[0]) => {
    const found: string[] = [];
    for await (const run of suite.onboardings.list(filter)) found.push(run.member ?? run.reference);
    return found;
  };

  test('finds runs by what they wait for, by outcome, by status and provider', async () => {
    const waiting = await begin();
    await eventually(
      () => references({ waitingFor: 'emailVerified', status: 'running', provider: 'defentry' }),
      (found) => found.includes(waiting.reference),
    );
    suite.provider.fail('checkUniqueness', permanent('EmailTaken'));
    const rejected = await begin();
    await eventually(
      () => references({ outcome: 'rejected' }),
      (found) => found.includes(rejected.reference) && !found.includes(waiting.reference),
    );
    expect(await references({ provider: 'facilioo' })).not.toContain(waiting.reference);
    expect(await references({ status: 'completed' })).not.toContain(waiting.reference);
  });

  test('shows the runs of members only when asked', async () => {
    const person = { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' };
    const key = `m${Date.now()}`;
    await begin({ kind: 'family', members: [{ reference: key, person }] });
    await eventually(
      () => references({ members: true, waitingFor: 'memberAccepted' }),
      (found) => found.includes(key),
    );
    expect(await references({ waitingFor: 'memberAccepted' })).not.toContain(key);
  });

  test.each([
    ['provider', 'acme', 'provider: must be one of defentry, tulo-payway, facilioo; correct it or leave it out.'],
    [
      'waitingFor',
      `x' OR WorkflowType='y`,
      'waitingFor: must be one of emailVerified, identification, memberAccepted, emailChanged, retention, erasure, operator; correct it or leave it out.',
    ],
  ])('refuses a value that is none: %s', async (field, value, sentence) => {
    await expect(references({ [field]: value })).rejects.toMatchObject({ problems: [sentence] });
  });
});

async function begin(changes: Parameters<typeof singleRequest>[0] = {}): Promise<{ reference: string }> {
  const request = singleRequest(changes);
  await suite.onboardings.start(request);
  return request;
}

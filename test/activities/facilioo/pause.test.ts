import { none } from '../../../activities/http/answer.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import type { HttpErrorCode } from '../../../activities/http/errors.ts';
import { at } from '../../../activities/http/path.ts';
import { pausing } from '../../../activities/facilioo/pause.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';

afterEach(closeDesks);

const ROUTE = at('GET /api/accounts');
const error = (code: HttpErrorCode, status?: number, vendorCode?: string) =>
  new HttpError(code, { provider: 'facilioo', route: ROUTE.route, vendorCode, ...(status ? { status } : {}) });

/** A paused door after 3 refusals for 10 seconds, on a clock of its own; `outcomes` are what facilioo answers, then it succeeds. */
function arrange(outcomes: (Error | Promise<never>)[]) {
  const clock = { now: 0 };
  let sent = 0;
  const send = pausing(
    async (_target, answer) => {
      const outcome = outcomes[sent++];
      if (outcome instanceof Error) throw outcome;
      await outcome;
      return answer.parse(undefined);
    },
    { after: 3, ms: 10_000 },
    () => clock.now,
  );
  const call = async () => {
    const before = sent;
    const failed = await send(ROUTE, none).then(
      () => undefined,
      (reason: Error) => reason,
    );
    return { sent: sent > before, failed };
  };
  return { clock, call };
}

const refusal = () => error('Invalid', 400);
const times = async (count: number, call: () => Promise<unknown>) => {
  for (let done = 0; done < count; done++) await call();
};

test('after so many refusals in a row no call is made, and each is told when to come again (contract, section 9)', async () => {
  const { clock, call } = arrange([refusal(), refusal(), refusal()]);
  await times(3, call);
  clock.now = 4_000;
  const { sent, failed } = await call();
  expect(sent).toBe(false);
  expect(failed).toMatchObject({ type: 'Unavailable', nonRetryable: false, nextRetryDelay: 6_000 });
  expect(failed?.message).toMatch(/refused several calls in a row .* no call is made for 6 seconds/);
  clock.now = 10_000;
  expect(await call()).toEqual({ sent: true, failed: undefined });
  expect(await call()).toEqual({ sent: true, failed: undefined });
});

test.each([
  ['a success between', [refusal(), refusal(), undefined, refusal(), refusal()]],
  ['throttling, which says itself how long to wait', Array.from({ length: 5 }, () => error('Throttled', 429))],
  ['5xx', Array.from({ length: 5 }, () => error('UnknownOutcome', 500))],
  ['lost connections', Array.from({ length: 5 }, () => error('Unavailable'))],
])('%s: no pause (contract, section 9)', async (_, outcomes) => {
  const { call } = arrange(outcomes as Error[]);
  await times(5, call);
  expect(await call()).toEqual({ sent: true, failed: undefined });
});

test.each<[HttpErrorCode, number]>([
  ['Unauthorized', 401],
  ['Forbidden', 403],
  ['NotFound', 404],
  ['Conflict', 409],
  ['ContractViolation', 415],
])('%s counts (contract, section 9)', async (code, status) => {
  const { call } = arrange([1, 2, 3].map(() => error(code, status)));
  await times(3, call);
  expect((await call()).sent).toBe(false);
});

test('being blocked pauses at once (contract, section 9)', async () => {
  const { call } = arrange([error('Unavailable', 403, 'BLOCKED')]);
  await call();
  expect((await call()).sent).toBe(false);
});

test('after the pause one call tries; when it is refused the pause begins anew (contract, section 9)', async () => {
  const { clock, call } = arrange([refusal(), refusal(), refusal(), refusal()]);
  await times(3, call);
  clock.now = 10_000;
  expect((await call()).sent).toBe(true);
  clock.now = 19_999;
  expect((await call()).failed).toMatchObject({ nextRetryDelay: 1_000 });
  clock.now = 20_000;
  expect(await call()).toEqual({ sent: true, failed: undefined });
});

test('while one call tries, the others wait (contract, section 9)', async () => {
  let refuse: (reason: Error) => void = () => undefined;
  const pending = new Promise<never>((_, reject) => (refuse = reject));
  const { clock, call } = arrange([refusal(), refusal(), refusal(), pending]);
  await times(3, call);
  clock.now = 10_000;
  const trial = call();
  expect((await call()).sent).toBe(false);
  refuse(error('Unavailable'));
  await trial;
  expect((await call()).sent).toBe(true);
});

test('the provider stops before facilioo blocks it (section 9)', async () => {
  const block = { after: 4, withinSeconds: 600, forSeconds: 600 };
  const desk = await openDesk({ block }, { FACILIOO_PAUSE_AFTER: '3' });
  const read = () => desk.client.accounts.get('404404');
  await times(3, () => read().catch(() => undefined));
  await expect(read()).rejects.toMatchObject({ type: 'Unavailable' });
  // Another caller from the same place is still served.
  expect(await desk.steps.checkUniqueness({ request: requestFor() })).toEqual({ uniqueness: 'free' });
});

test('a search that is not there is asked for once, since each 404 counts towards a block (section 9)', async () => {
  const desk = await openDesk({ search: 'absent', block: { after: 3, withinSeconds: 600, forSeconds: 600 } });
  const parties = Array.from({ length: 5 }, (_, index) => String(4000 + index));
  for (const holderId of parties) {
    const request = requestFor({ holderId, reference: `ref-${holderId}` }, { email: `${holderId}@example.com` });
    expect(await desk.steps.checkUniqueness({ request })).toEqual({ uniqueness: 'free' });
    await desk.steps.createAccount({ request });
  }
  expect(desk.count('account.created')).toBe(5);
});

test('a rate limit is obeyed by its delay, and no pause follows (contract, section 10)', async () => {
  const desk = await openDesk({ rateLimit: { calls: 1, seconds: 30 } }, { FACILIOO_PAUSE_AFTER: '1' });
  const read = () => failureOf(desk.steps.readAccount({ accountId: '1' }));
  await desk.steps.readAccount({ accountId: '1' });
  for (const failure of [await read(), await read()]) {
    expect(failure).toMatchObject({ type: 'Throttled', nonRetryable: false });
    expect(Number(failure.nextRetryDelay)).toBeLessThanOrEqual(30_000);
  }
});

test.each(['html', 'drop'] as const)(
  'blocked in spite of it (%s), a step fails for a while (contract, section 9)',
  async (answer) => {
    const desk = await openDesk({ block: { after: 1, answer } });
    await desk.client.accounts.get('404404').catch(() => undefined);
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(desk.count('account.created')).toBe(0);
  },
);

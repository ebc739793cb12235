import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { showLive } from '../../cli/live.ts';
import { TemporalUnavailable, WorkerUnavailable, type OnboardingClient } from '../../client/index.ts';
import { DEFAULT_POLICY } from '../../contract/policy.ts';
import { eventually } from '../setup/eventually.ts';
import { STEPS, type OnboardingResult, type Progress, type StepStatus } from '../../contract/progress.ts';

const DEADLINE = '2026-12-01T08:00:30.000Z';

/** The story when the steps named stand as said, those before the first of them done, the rest pending. */
function story(statuses: Partial<Record<string, StepStatus>>, more: Partial<Progress> = {}): Progress {
  const first = STEPS.findIndex((name) => name in statuses);
  return {
    provider: 'defentry',
    reference: 'c-1',
    kind: 'family',
    steps: STEPS.map((name, index) => ({
      name,
      status: statuses[name] ?? (index < first ? 'done' : 'pending'),
      restarts: 0,
    })),
    members: [],
    next: '',
    policy: DEFAULT_POLICY,
    ...more,
  };
}

const waiting = story(
  { verifyEmail: 'waiting' },
  {
    wait: { for: 'emailVerified', since: DEADLINE, deadline: DEADLINE, remindersSent: 0 },
    members: [{ reference: 'partner', status: 'open' }],
  },
);
const attention = story(
  { identify: 'attention' },
  {
    attention: {
      step: 'identify',
      call: 1,
      since: DEADLINE,
      code: 'Invalid',
      deadline: DEADLINE,
      allowed: ['retry', 'abort'],
    },
    members: [{ reference: 'partner', status: 'accepted' }],
  },
);
const allDone = story(Object.fromEntries(STEPS.map((name) => [name, name === 'identify' ? 'not-needed' : 'done'])));
const completed: OnboardingResult = { outcome: 'completed', gaps: [], members: [], account: 'active' };

type Watched = Pick<OnboardingClient, 'watch'>;

/** Tells the stories, each after an outage that is noticed twice. */
function watching(stories: Progress[], result: OnboardingResult | undefined): Watched {
  return {
    async *watch(_provider, _reference, options) {
      for (const one of stories) {
        options?.onInterruption?.(new WorkerUnavailable(10_000));
        options?.onInterruption?.(new WorkerUnavailable(10_000));
        yield one;
      }
      return result;
    },
  };
}

async function lines(stories: Progress[], result?: OnboardingResult): Promise<string[]> {
  const stdout = new PassThrough();
  await showLive(watching(stories, result), 'defentry', 'c-1', { stdout });
  stdout.end();
  return String(stdout.read()).trimEnd().split('\n');
}

const NO_WORKER = `${new WorkerUnavailable(10_000).message} Waiting.`;

test('plain lines: each change once, an outage once', async () => {
  expect(await lines([story({ createAccount: 'running' }), waiting, attention])).toEqual([
    NO_WORKER,
    'Check the request: done',
    'Check that the customer is new: done',
    'Create the account: running',
    NO_WORKER,
    'Create the account: done',
    'Add and invite members: done',
    'E-mail verified: waiting for the person until 2026-12-01 08:00 UTC',
    'Member partner: open',
    NO_WORKER,
    'E-mail verified: done',
    'Identified with eID: needs a decision (Invalid): retry, abort; aborts on 2026-12-01 08:00 UTC without one',
    'Member partner: accepted',
  ]);
});

describe('on a terminal', () => {
  class Terminal extends PassThrough {
    readonly isTTY = true;
    readonly columns = 120;
    readonly rows = 40;
  }

  async function screen(client: Watched): Promise<{ result: unknown; text: string }> {
    const stdout = new Terminal();
    const result = await showLive(client, 'defentry', 'c-1', { stdout }).catch((error: unknown) => error);
    stdout.end();
    return { result, text: String(stdout.read()) };
  }

  test('shows every step and answers with the result', async () => {
    const { result, text } = await screen(watching([waiting, allDone], completed));
    expect(result).toEqual(completed);
    const last = text.slice(text.lastIndexOf('Check the request'));
    expect(last).toContain('Create the account');
    expect(last).toContain('Identified with eID: not needed');
    expect(last).toContain('Members accepted');
  });

  test('ends with the run, also when steps are left', async () => {
    const rejected: OnboardingResult = { ...completed, outcome: 'rejected', account: 'none' };
    const { result, text } = await screen(watching([story({ checkUniqueness: 'failed' })], rejected));
    expect(result).toEqual(rejected);
    expect(text).toContain('Check that the customer is new: failed');
  });

  test('ends with its caller’s signal', async () => {
    expect((await screen(watching([waiting], undefined))).result).toBeUndefined();
  });

  test('an error of the watch ends it and comes through', async () => {
    const failing: Watched = {
      async *watch() {
        yield waiting;
        throw new TemporalUnavailable();
      },
    };
    expect((await screen(failing)).result).toBeInstanceOf(TemporalUnavailable);
  });

  test.each(['\u001b[2K', '\r', '\n', '\u009b2J', '\u202e'])('%j in what a run tells is not obeyed', async (sign) => {
    const told = `before${sign}after`;
    const forged = story({ [STEPS[0]]: 'failed' });
    forged.steps[0] = { ...forged.steps[0]!, code: told };
    forged.members = [{ reference: told, status: 'open' }];
    const { text } = await screen(watching([{ ...waiting, members: forged.members }, forged], undefined));
    expect(text).toContain('before\ufffd');
    expect(text).not.toContain(told);
  });
});

test('a terminal that nobody has sized gets plain lines, not one letter per line', async () => {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 0, rows: 0 });
  await showLive(watching([waiting], completed), 'defentry', 'c-1', { stdout });
  stdout.end();
  expect(String(stdout.read()).split('\n')).toContain('Create the account: done');
});

test.each([true, false])('a line from elsewhere is shown while the view has the terminal: %s', async (isTTY) => {
  const stdout = Object.assign(new PassThrough(), { isTTY, columns: 120, rows: 40 });
  let text = '';
  stdout.on('data', (chunk) => (text += String(chunk)));
  const notices = new EventEmitter<{ notice: [string] }>();
  const shown = (words: string) => eventually(words, () => text.includes(words));
  const client: Watched = {
    async *watch() {
      yield waiting;
      await shown('waiting for the person');
      notices.emit('notice', 'Worker ended; it is started again.');
      await shown('Worker ended; it is started again.');
      return completed;
    },
  };
  expect(await showLive(client, 'defentry', 'c-1', { stdout, notices })).toEqual(completed);
  expect(notices.listenerCount('notice')).toBe(0);
});

import type { ChangesProgress } from '../contract/change.ts';
import type { OffboardingProgress } from '../contract/offboarding.ts';
import type { ErasureProgress } from '../contract/erasure.ts';
import type { RunAddress } from '../contract/ids.ts';
import { minute } from '../contract/instant.ts';
import type { MemberProgress, MemberRunProgress, Progress } from '../contract/progress.ts';
import {
  type Hanging,
  type OnboardingClient,
  OnboardingNotFound,
  type OnboardingRun,
  RunStuck,
  WorkerUnavailable,
  nameOf,
} from '../client/index.ts';
import type { Cli } from './cli.ts';
import { hangingTable } from './hanging.ts';
import { table, writeJson, writeLine } from './output.ts';
import { stepWords, titleOf } from './words.ts';

type Story = Progress | MemberRunProgress | ChangesProgress | OffboardingProgress | ErasureProgress;

/** What Temporal knows of a run, and what the run tells of itself. Of a customer: also changes and offboarding, while they are open. */
export async function showStatus(
  cli: Cli,
  client: OnboardingClient,
  address: RunAddress,
  { json }: { json?: boolean },
): Promise<void> {
  const runs = await runsOf(client, address);
  const isOpen = runs.some(({ status }) => status === 'running');
  const unserved = isOpen ? await client.operator.whyUnserved(address.provider) : undefined;
  for (const [index, run] of runs.entries()) {
    const story = await storyOf(client, run);
    const needed =
      'members' in story && run.status === 'running' ? await hangingMembers(client, run, story.members) : [];
    // Without a worker Temporal alone still knows the run.
    const silent = isSilent(story) ? story : undefined;
    const cause = silent ?? (run.status === 'running' ? unserved : undefined);
    if (json) {
      const problem = cause && { problem: { code: cause.code, message: cause.message } };
      writeJson(cli.stdout, {
        run,
        ...(silent ? {} : { progress: story }),
        ...(needed.length > 0 && { members: needed }),
        ...problem,
      });
      continue;
    }
    if (index > 0) writeLine(cli.stdout, '');
    writeLine(cli.stdout, header(run));
    if (!isSilent(story)) writeLine(cli.stdout, details(story));
    if (needed.length > 0) writeLine(cli.stdout, membersNeed(run, needed));
    if (cause) writeLine(cli.stderr, cause.message);
  }
}

/** Each member's run calls for an operator by itself; who looks at the customer sees them all. */
async function hangingMembers(
  client: OnboardingClient,
  { provider, reference }: OnboardingRun,
  members: MemberProgress[],
): Promise<Hanging[]> {
  const found: Hanging[] = [];
  if (members.length === 0) return found;
  for await (const one of client.operator.hanging({ provider, reference }))
    if (one.run.member !== undefined) found.push(one);
  return found;
}

function membersNeed({ provider, reference }: OnboardingRun, needed: Hanging[]): string {
  const all = `onboard resolve --all ACTION --provider ${provider} --reference ${reference} --reason WHY`;
  return `\n${hangingTable(needed)}\n\n${needed.length === 1 ? 'A member needs' : `${needed.length} members need`} a decision; one for all: ${all}`;
}

async function runsOf(client: OnboardingClient, address: RunAddress): Promise<OnboardingRun[]> {
  const { type, provider, reference, member } = address;
  if (member !== undefined) return [await client.get(provider, reference, member)];
  const all = await client.runsOf(provider, reference);
  const asked = all.filter((run) => run.type === type);
  const others = type === 'onboarding' ? all.filter((run) => run.type !== type) : [];
  // A customer whose onboarding Temporal has forgotten is known by what came later.
  const shown = asked.length > 0 ? [...asked, ...others.filter(({ status }) => status === 'running')] : others;
  if (shown.length === 0) throw new OnboardingNotFound(nameOf(address));
  return shown;
}

/** Why a run does not tell its story. */
type Silent = WorkerUnavailable | RunStuck;

function isSilent(story: unknown): story is Silent {
  return story instanceof WorkerUnavailable || story instanceof RunStuck;
}

async function storyOf(client: OnboardingClient, run: OnboardingRun): Promise<Story | Silent> {
  const { type, provider, reference, member } = run;
  try {
    if (type === 'change') return await client.changes.progress(provider, reference);
    if (type === 'offboarding') return await client.offboardings.progress(provider, reference);
    if (type === 'erasure') return await client.erasures.progress(provider, reference);
    return member === undefined
      ? await client.progress(provider, reference)
      : await client.memberProgress(provider, reference, member);
  } catch (error) {
    if (isSilent(error)) return error;
    throw error;
  }
}

function header(run: OnboardingRun): string {
  const rows: [string, string | undefined][] = [
    ['Run', nameOf(run)],
    ['Status', [run.status, run.outcome].filter((part) => part !== undefined).join(', ')],
    ['Stage', run.stage],
    ['Waiting for', run.waitingFor],
    ['Deadline', run.deadline && minute(run.deadline)],
    ['Started', minute(run.startedAt)],
    ['Ended', run.endedAt && minute(run.endedAt)],
  ];
  return table(
    [],
    rows.filter(([, value]) => value !== undefined),
  );
}

function details(story: Story): string {
  const steps = story.steps.map((step) => [
    titleOf(step.name),
    stepWords(step, story),
    minute(step.endedAt ?? step.startedAt),
  ]);
  const said = story.attention?.sentence === undefined ? '' : `\n\n${story.attention.sentence}`;
  const next = 'next' in story ? `\n\n${story.next}` : '';
  return `\n${table(['STEP', 'STATUS', 'AT'], [...steps, ...parts(story)])}${said}${next}`;
}

/** What a run of its kind has beside its steps. */
function parts(story: Story): (string | undefined)[][] {
  if ('members' in story) {
    return story.members.map(({ reference, status, code }) => [`Member ${reference}`, status, code]);
  }
  if ('changes' in story) {
    return story.changes.map(({ changeId, kind, status, code, endedAt }) => [
      `${kind} ${changeId}`,
      `${status}${code === undefined ? '' : ` (${code})`}`,
      minute(endedAt),
    ]);
  }
  if ('erased' in story) {
    const gone = story.erased.map(({ what, count, at }) => [`Deleted: ${what}`, `${count}`, minute(at)]);
    return [...gone, ...story.remainder.map(({ what, code }) => [`Left: ${what}`, code])];
  }
  if ('removed' in story) {
    const gone = story.removed.map(({ what, count, at }) => [`Removed: ${what}`, `${count}`, minute(at)]);
    return [...gone, ...story.remainder.map(({ step, code }) => [`Left: ${titleOf(step)}`, code])];
  }
  return [];
}

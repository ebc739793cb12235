import { Command, Option } from 'commander';
import { minute } from '../../contract/instant.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { type OnboardingClient, type ReconciliationSchedule, RequestInvalid } from '../../client/index.ts';
import { checkPlan } from '../../client/requests/reconciliation.ts';
import { withClient, withJson, type Cli } from '../cli.ts';
import { writeJson, writeLine } from '../output.ts';

interface ScheduleOptions {
  provider: string;
  every?: string;
  pause?: boolean;
  resume?: boolean;
  now?: boolean;
  delete?: boolean;
  json?: boolean;
}

type Act = (client: OnboardingClient, provider: string) => Promise<string>;

export function reconcileScheduleCommand(cli: Cli): Command {
  return withJson(new Command('schedule'))
    .description('reconcile all accounts of a provider every so often; without an option, show the schedule')
    .addOption(new Option('--provider <name>').choices(PROVIDERS).makeOptionMandatory())
    .option('--every <duration>', 'set or change it: an ISO 8601 duration, such as P1D')
    .option('--pause', 'no more runs until resumed')
    .option('--resume', 'go on')
    .option('--now', 'one run now, unless one is under way')
    .option('--delete', 'end it; a run under way goes on')
    .action(async ({ provider, json, ...options }: ScheduleOptions) => {
      const act = actOf(provider, options);
      await withClient(cli, async (client) => {
        const done = await act?.(client, provider);
        if (options.delete)
          return json ? writeJson(cli.stdout, { provider, deleted: true }) : writeLine(cli.stdout, done!);
        const schedule = await client.reconciliations.schedules.get(provider);
        if (json) return writeJson(cli.stdout, schedule);
        if (done !== undefined) writeLine(cli.stdout, done);
        writeLine(cli.stdout, inWords(schedule));
      });
    });
}

function actOf(provider: string, { every, ...options }: Omit<ScheduleOptions, 'provider' | 'json'>): Act | undefined {
  const asked = ACTS.filter(([name]) => options[name]);
  if (asked.length + (every === undefined ? 0 : 1) > 1) {
    throw new RequestInvalid(['--every, --pause, --resume, --now, --delete: take one of them at a time.']);
  }
  if (every === undefined) return asked[0]?.[1];
  const plan = checkPlan({ provider, every });
  return async ({ reconciliations }) => {
    const { created } = await reconciliations.schedules.set(plan);
    return created ? 'The schedule is set.' : 'The schedule is changed.';
  };
}

const ACTS: ['pause' | 'resume' | 'now' | 'delete', Act][] = [
  ['pause', ({ reconciliations }, provider) => reconciliations.schedules.pause(provider).then(() => 'Paused.')],
  ['resume', ({ reconciliations }, provider) => reconciliations.schedules.resume(provider).then(() => 'Resumed.')],
  [
    'now',
    ({ reconciliations }, provider) => reconciliations.schedules.trigger(provider).then(() => 'A run was asked for.'),
  ],
  [
    'delete',
    ({ reconciliations }, provider) =>
      reconciliations.schedules.delete(provider).then(() => 'The schedule is deleted.'),
  ],
];

function inWords({ provider, every, paused, next, recent }: ReconciliationSchedule): string {
  const last = recent.at(-1);
  return [
    `${provider}: every ${every / 3_600_000} hours, ${paused ? 'paused' : `next ${minute(next)}`}`,
    ...(last === undefined ? [] : [`last ${minute(last.at)}: ${last.workflowId}`]),
  ].join('\n');
}

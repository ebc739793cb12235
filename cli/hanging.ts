import { Option, type Command } from 'commander';
import { minute } from '../contract/instant.ts';
import { PROVIDERS } from '../contract/request.ts';
import { type Hanging, type OnboardingError, nameOf } from '../client/index.ts';
import type { HangingFilter } from '../client/requests/hanging-filter.ts';
import type { Cli } from './cli.ts';
import { table, writeLine } from './output.ts';

/** The same for looking and for deciding, so that a look shows what a decision would reach. */
export function withFilter(command: Command): Command {
  return command
    .addOption(new Option('--provider <name>').choices(PROVIDERS))
    .option('--reference <reference>', 'of one customer, with its members')
    .option('--step <step>', 'the step that needs a decision')
    .option('--code <code>', 'why it does, for example Unavailable')
    .option('--older-than <duration>', 'for at least so long, for example P1D or PT4H');
}

export function filterOf({ provider, reference, step, code, olderThan }: HangingFilter): HangingFilter {
  return {
    ...(provider !== undefined && { provider }),
    ...(reference !== undefined && { reference }),
    ...(step !== undefined && { step }),
    ...(code !== undefined && { code }),
    ...(olderThan !== undefined && { olderThan }),
  };
}

export function hangingTable(found: Hanging[]): string {
  return table(
    ['RUN', 'STEP', 'SINCE', 'WHY', 'ACTIONS', 'ABORTS', 'SAID'],
    found.map((one) => {
      if ('problem' in one) return [nameOf(one.run), one.run.stage, '', one.problem.code];
      const { step, since, code, sentence, allowed, deadline } = one.attention;
      return [nameOf(one.run), step, minute(since), code, allowed.join(', '), minute(deadline), sentence];
    }),
  );
}

/** A run as a document; an error as its code and sentence. */
export function hangingDocument(one: Hanging): object {
  if (!('problem' in one)) return one;
  const { code, message } = one.problem;
  return { run: one.run, problem: { code, message } };
}

/** Why runs could not be asked: each reason once, however many runs it kept from answering. */
export function writeProblems(
  { stderr }: Pick<Cli, 'stderr'>,
  found: ({ run: object } & { problem?: OnboardingError })[],
): void {
  const messages = found.flatMap(({ problem }) => (problem ? [problem.message] : []));
  for (const message of new Set(messages)) writeLine(stderr, message);
}

import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import { OnboardingClient, OnboardingError, RequestInvalid, readClientConfig, readUiUrl } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { readAuditFile } from './config.ts';
import { addMemberCommand } from './commands/add-member.ts';
import { attentionCommand } from './commands/attention.ts';
import { auditCommand } from './commands/audit.ts';
import { cancelCommand } from './commands/cancel.ts';
import { changeCommand } from './commands/change.ts';
import { configCommand } from './commands/config.ts';
import { confirmEmailCommand } from './commands/confirm-email.ts';
import { correctCommand } from './commands/correct.ts';
import { decisionsCommand } from './commands/decisions.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eidLinkCommand } from './commands/eid-link.ts';
import { eraseCommand } from './commands/erase.ts';
import { eventsCommand } from './commands/events.ts';
import { listCommand } from './commands/list.ts';
import { sandboxCommand, workerCommand } from './commands/process.ts';
import { offboardCommand } from './commands/offboard.ts';
import { providersCommand } from './commands/providers.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { readCommand } from './commands/read.ts';
import { referenceCommand } from './commands/reference.ts';
import { removeMemberCommand } from './commands/remove-member.ts';
import { resendCommand } from './commands/resend.ts';
import { resolveCommand } from './commands/resolve.ts';
import { signalCommand } from './commands/signal.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { tokenCommand } from './commands/token.ts';
import { watchCommand } from './commands/watch.ts';
import { EXIT, EXIT_CODE_HELP, exitCodeOf } from './exit-codes.ts';
import { writeJson, writeLine, printable } from './output.ts';
import { readPrivateOptions } from './private-options.ts';

const COMMANDS = [
  startCommand,
  statusCommand,
  watchCommand,
  listCommand,
  attentionCommand,
  eventsCommand,
  reconcileCommand,
  resolveCommand,
  decisionsCommand,
  correctCommand,
  signalCommand,
  resendCommand,
  confirmEmailCommand,
  eidLinkCommand,
  addMemberCommand,
  removeMemberCommand,
  changeCommand,
  offboardCommand,
  eraseCommand,
  readCommand,
  auditCommand,
  cancelCommand,
  workerCommand,
  sandboxCommand,
  tokenCommand,
  referenceCommand,
  providersCommand,
  doctorCommand,
  configCommand,
];

type World = Partial<Cli> & Pick<Cli, 'stdin' | 'stdout' | 'stderr'>;

/** Runs one command and answers with its exit code; nothing is thrown. */
export async function runCommand(args: string[], world: World): Promise<number> {
  let code: number = EXIT.ok;
  const cli: Cli = {
    connect: () => OnboardingClient.connect(readClientConfig()),
    keyRing: () => readClientConfig().keyRing,
    uiUrl: () => readUiUrl(),
    auditFile: () => readAuditFile(),
    userName,
    interruption,
    ...world,
    exitWith: (asked) => {
      code = asked;
    },
  };
  try {
    await programOf(cli).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return report(cli, error, args.includes('--json'));
  }
}

function programOf(cli: Cli): Command {
  const program = new Command('onboard')
    .description('Customer onboardings as durable runs on Temporal.')
    // What follows a command is that command's: `offboard` and its `status` have options of one name.
    .enablePositionalOptions()
    .hook('preAction', (_, command) => readPrivateOptions(command, cli.stdin))
    .addHelpText('after', EXIT_CODE_HELP);
  for (const command of COMMANDS) program.addCommand(command(cli));
  withOutput(program, cli);
  return program;
}

/** Commander hands these settings down only to commands that it makes itself. */
function withOutput(command: Command, cli: Cli): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => cli.stdout.write(printable(text)),
    writeErr: (text) => cli.stderr.write(printable(text)),
    outputError: (text, write) => write(withoutValues(text)),
  });
  for (const sub of command.commands) withOutput(sub, cli);
}

/** Commander repeats what it does not take, which may be a customer's data in the wrong place; only words stay. */
function withoutValues(text: string): string {
  return text
    .replaceAll(/(argument|value) '[^]*?' is invalid/g, '$1 is invalid')
    .replaceAll(/unknown (command|option) '(?!-{0,2}[a-z-]{1,30}')[^]*'/g, 'unknown $1');
}

function report(cli: Cli, error: unknown, json: boolean): number {
  // Help and usage errors have been written by commander.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof OnboardingError)) {
    writeLine(cli.stderr, 'An error of this program; please report it with the command and these lines:');
    writeLine(cli.stderr, traceOf(error));
    return EXIT.internal;
  }
  const problems = error instanceof RequestInvalid ? error.problems : [error.message];
  if (json) writeJson(cli.stderr, { error: { code: error.code, problems } });
  else for (const problem of problems) writeLine(cli.stderr, problem);
  return exitCodeOf(error.code);
}

/** Kind and place. The message stays out: it may quote what it was about. */
function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const places = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return [error.name, ...places].join('\n');
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** From the system's own list of users and not from the environment, which anybody sets. A container may run as a user of no list. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

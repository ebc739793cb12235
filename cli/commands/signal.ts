import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { IDENTIFICATION_OUTCOMES, type IdentificationOutcome } from '../../contract/activities.ts';
import { aboutRun, type Cli, type CommonOptions } from '../cli.ts';
import { identificationIdOption } from '../private-options.ts';
import { sendAboutEmail, sendToCustomer } from '../send.ts';

interface EventOptions extends CommonOptions {
  eventId: string;
}

/** Reports a fact from outside. The run looks at the provider before it believes it. */
export function signalCommand(cli: Cli): Command {
  return new Command('signal')
    .description('report a fact from outside to a run')
    .addCommand(emailVerified(cli))
    .addCommand(eidCompleted(cli))
    .addCommand(memberAccepted(cli));
}

function emailVerified(cli: Cli): Command {
  return withEvent(
    aboutRun('email-verified', 'the person has confirmed the e-mail address; REF may be change/…'),
  ).action((ref: string, options: EventOptions) =>
    sendAboutEmail(cli, ref, options, 'e-mail verification reported', (emails, provider, reference) =>
      emails.emailVerified(provider, reference, { eventId: options.eventId, at: new Date().toISOString() }),
    ),
  );
}

function eidCompleted(cli: Cli): Command {
  return withEvent(aboutRun('eid-completed', 'the person is back from the eID'))
    .addOption(identificationIdOption())
    .addOption(new Option('--outcome <outcome>').choices(IDENTIFICATION_OUTCOMES).default('completed'))
    .action((ref: string, options: EventOptions & { identificationId?: string; outcome: IdentificationOutcome }) => {
      const { eventId, identificationId, outcome } = options;
      const session = identificationId === undefined ? {} : { identificationId };
      return sendToCustomer(cli, ref, options, 'eID reported', (client, provider, reference) =>
        client.eidCompleted(provider, reference, { eventId, ...session, outcome }),
      );
    });
}

function memberAccepted(cli: Cli): Command {
  return withEvent(aboutRun('member-accepted', 'a member has accepted the invitation'))
    .argument('<member>', 'the reference of the member')
    .action((ref: string, member: string, options: EventOptions) =>
      sendToCustomer(cli, ref, options, 'acceptance reported', (client, provider, reference) =>
        client.memberAccepted(provider, reference, { eventId: options.eventId, member }),
      ),
    );
}

function withEvent(command: Command): Command {
  const option = new Option('--event-id <id>', 'of the sender; the same id twice counts once');
  return command.addOption(option.default(randomUUID(), 'a new one'));
}

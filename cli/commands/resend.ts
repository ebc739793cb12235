import type { Command } from 'commander';
import { aboutRun, type Cli, type CommonOptions } from '../cli.ts';
import { sendAboutEmail } from '../send.ts';

export function resendCommand(cli: Cli): Command {
  return aboutRun('resend', 'send the verification mail again; REF may be change/…').action(
    (ref: string, options: CommonOptions) =>
      sendAboutEmail(cli, ref, options, 'mail sent again', (emails, provider, reference) =>
        emails.resendVerification(provider, reference),
      ),
  );
}

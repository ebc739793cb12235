import { Command, InvalidArgumentError } from 'commander';
import { SCOPES, type Scope } from '../../contract/scopes.ts';
import { RequestInvalid } from '../../client/index.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { isDay, isProviderLimit, isTokenName, makeToken, settingOf } from '../../encryption/access-token.ts';
import { withJson, type Cli } from '../cli.ts';
import { writeJson, writeLine } from '../output.ts';

interface TokenOptions {
  name: string;
  scope: Scope[];
  providers?: string[];
  until?: string;
  json?: boolean;
}

/** Tokens for the gateway. They are not stored: who configures the gateway gets the hash, the caller the token. */
export function tokenCommand(cli: Cli): Command {
  return new Command('token').description('tokens of the HTTP gateway').addCommand(newToken(cli));
}

function newToken(cli: Cli): Command {
  return withJson(new Command('new'))
    .description('make a token, shown this once, and the line that lets the gateway know it')
    .requiredOption('--name <name>', 'whose it is, for the log; the same again replaces without a gap', readName)
    .requiredOption('--scope <list>', `what it is for, comma-separated: ${SCOPES.join(', ')}`, readScopes)
    .option('--providers <list>', `only for these: ${PROVIDERS.join(', ')}; not with decode`, (text) => text.split(','))
    .option('--until <day>', 'the last day on which it is taken, in UTC, such as 2027-01-31', readDay)
    .action(({ name, scope, providers, until, json }: TokenOptions) => {
      if (providers && !isProviderLimit(providers, scope)) {
        throw new RequestInvalid([
          `--providers: must be a list of ${PROVIDERS.join(', ')}, for a token without the scope decode; correct it or leave it out.`,
        ]);
      }
      const token = makeToken();
      const limits = { ...(providers && { providers }), ...(until !== undefined && { until }) };
      const setting = settingOf(name, scope, token, limits);
      if (json) {
        writeJson(cli.stdout, { name, scopes: scope, ...limits, token, setting });
        return;
      }
      writeLine(
        cli.stdout,
        `Token, for the caller alone:\n  ${token}\n\nTo GATEWAY_TOKENS, or as a line of GATEWAY_TOKENS_FILE:\n  ${setting}`,
      );
    });
}

function readName(text: string): string {
  if (isTokenName(text)) return text;
  throw new InvalidArgumentError('It must be 1 to 64 letters, digits, "_" or "-".');
}

function readDay(text: string): string {
  if (isDay(text)) return text;
  throw new InvalidArgumentError('It must be a day such as 2027-01-31.');
}

function readScopes(text: string): Scope[] {
  const scopes = text.split(',').flatMap((part) => SCOPES.find((scope) => scope === part.trim()) ?? []);
  if (scopes.length === text.split(',').length) return [...new Set(scopes)];
  throw new InvalidArgumentError(`It must be a list of ${SCOPES.join(', ')}.`);
}

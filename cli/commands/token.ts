import { Command, InvalidArgumentError } from 'commander';
import { SCOPES, type Scope } from '../../contract/scopes.ts';
import { isTokenName, makeToken, settingOf } from '../../encryption/access-token.ts';
import { withJson, type Cli } from '../cli.ts';
import { writeJson, writeLine } from '../output.ts';

interface TokenOptions {
  name: string;
  scope: Scope[];
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
    .action(({ name, scope, json }: TokenOptions) => {
      const token = makeToken();
      const setting = settingOf(name, scope, token);
      if (json) {
        writeJson(cli.stdout, { name, scopes: scope, token, setting });
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

function readScopes(text: string): Scope[] {
  const scopes = text.split(',').flatMap((part) => SCOPES.find((scope) => scope === part.trim()) ?? []);
  if (scopes.length === text.split(',').length) return [...new Set(scopes)];
  throw new InvalidArgumentError(`It must be a list of ${SCOPES.join(', ')}.`);
}

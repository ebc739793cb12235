import { Command } from 'commander';
import { misspeltSettings } from '../../contract/misspelt.ts';
import { ConfigInvalid } from '../../client/index.ts';
import { withJson, type Cli } from '../cli.ts';
import { writeJson, writeLine } from '../output.ts';
import { settingsOf, type Told } from '../settings.ts';

/** Reads nothing but the environment and Temporal's profile file, so that it also tells where nothing can be reached. */
export function configCommand(cli: Cli): Command {
  return withJson(new Command('config'))
    .description('what is set, and from where: environment, Temporal profile file or default; secrets are masked')
    .action(({ json }: { json?: boolean }) => {
      const settings = told();
      const misspelt = misspeltSettings(process.env);
      if (json) return writeJson(cli.stdout, { settings, misspelt });
      const width = Math.max(...settings.map(({ name }) => name.length));
      for (const { name, value, from } of settings) {
        writeLine(cli.stdout, `${name.padEnd(width)}  ${value}  (${from})`);
      }
    });
}

/** What the SDK says of a mistake is not repeated: it quotes the line of the file, which may hold the API key. */
function told(): Told[] {
  try {
    return settingsOf(process.env);
  } catch {
    throw new ConfigInvalid(
      'The Temporal profile file cannot be read; correct it (TOML), or TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE, which name it.',
    );
  }
}

import { Command } from 'commander';
import { checkRequest } from '../../client/requests/onboarding.ts';
import { uiLinks } from '../../client/index.ts';
import { withClient, withJson, type Cli } from '../cli.ts';
import { readJson } from '../input.ts';
import { writeJson, writeLine } from '../output.ts';
import { follow } from '../follow.ts';

export function startCommand(cli: Cli): Command {
  return withJson(new Command('start'))
    .description('start an onboarding; the same request again finds its run')
    .argument('<file>', 'the request as JSON, or - for the standard input')
    .option('--watch', 'show the steps until the end')
    .action(async (file: string, options: { watch?: boolean; json?: boolean }) => {
      const request = checkRequest(await readJson(file, cli.stdin));
      const { provider, reference } = request;
      await withClient(cli, async (client) => {
        const started = await client.start(request);
        const base = cli.uiUrl();
        const links = base === undefined ? undefined : uiLinks(base, client.temporal.options.namespace, started);
        if (options.json) {
          writeJson(cli.stdout, { type: 'started', ...started, ...(links && { links }) });
        } else {
          writeLine(
            cli.stdout,
            `${provider}/${reference} ${started.started ? 'started' : 'is there already, same request'}`,
          );
          if (links) writeLine(cli.stdout, `Time line: ${links.timeline}\nChecklist: ${links.checklist}`);
        }
        if (options.watch) await follow(cli, client, { provider, reference }, options);
      });
    });
}

import { Command } from 'commander';
import { type ProviderCapabilities, capabilitiesSchema, readCapabilities } from '../../client/index.ts';
import { withJson, type Cli } from '../cli.ts';
import { table, writeJson, writeLine } from '../output.ts';

/** The capability table. */
export function providersCommand(cli: Cli): Command {
  return withJson(new Command('providers'))
    .description('what each provider can do')
    .action(async ({ json }: { json?: boolean }) => {
      const providers = await readCapabilities();
      if (json) for (const provider of providers) writeJson(cli.stdout, provider);
      else writeLine(cli.stdout, capabilityTable(providers));
    });
}

function capabilityTable(providers: ProviderCapabilities[]): string {
  const names = Object.keys(capabilitiesSchema.shape).filter((name) => name !== 'provider');
  const rows = names.map((name) => [name, ...providers.map((each) => words(Reflect.get(each, name)))]);
  return table(['CAPABILITY', ...providers.map(({ provider }) => provider)], rows);
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

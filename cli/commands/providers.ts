import { Command } from 'commander';
import type { Capabilities } from '../../contract/capabilities.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import { withJson, type Cli } from '../cli.ts';
import { table, writeJson, writeLine } from '../output.ts';

/** The capability table. */
export function providersCommand(cli: Cli): Command {
  return withJson(new Command('providers'))
    .description('what each provider can do')
    .action(({ json }: { json?: boolean }) => {
      const providers = Object.entries(PROVIDER_CAPABILITIES);
      if (json) for (const [provider, capabilities] of providers) writeJson(cli.stdout, { provider, ...capabilities });
      else writeLine(cli.stdout, capabilityTable(providers));
    });
}

function capabilityTable(providers: [provider: string, capabilities: Capabilities][]): string {
  const names = Object.keys(PROVIDER_CAPABILITIES.defentry);
  const rows = names.map((name) => [
    name,
    ...providers.map(([, capabilities]) => words(Reflect.get(capabilities, name))),
  ]);
  return table(['CAPABILITY', ...providers.map(([provider]) => provider)], rows);
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

import { Command } from 'commander';
import type { OnboardingClient } from '../client/index.ts';
import { PROVIDERS } from '../contract/request.ts';
import type { RunAddress } from '../contract/ids.ts';
import type { KeyRing } from '../encryption/key-ring.ts';
import { customerOnly, parseReference } from './reference.ts';

/** What a command may touch of the world. */
export interface Cli {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  connect: () => Promise<OnboardingClient>;
  keyRing: () => KeyRing;
  /** The base address of the Temporal UI, if one is set. */
  uiUrl: () => string | undefined;
  /** Where it is written who has read personal data, if anywhere. */
  auditFile: () => string | undefined;
  /** Who works here, as the system knows its users; nothing where it knows none. */
  userName: () => string | undefined;
  /** Aborts at Ctrl+C, from its first use on. */
  interruption: () => AbortSignal;
  /** How the program ends if nothing fails; 0 by default. */
  exitWith: (code: number) => void;
}

export interface CommonOptions {
  json?: boolean;
  provider: string;
}

export function withJson(command: Command): Command {
  return command.option('--json', 'machine-readable output with stable field names');
}

/** A command about one run: its first argument is REF. */
export function aboutRun(name: string, description: string): Command {
  return withJson(new Command(name))
    .description(description)
    .argument('<ref>', 'PROVIDER/REFERENCE, or REFERENCE')
    .option('--provider <name>', `where REF names none: ${PROVIDERS.join(', ')}`, 'defentry');
}

export function referenceOf(text: string, { provider }: CommonOptions): RunAddress {
  return parseReference(text, provider);
}

export function customerOf(text: string, options: CommonOptions): { provider: string; reference: string } {
  return customerOnly(referenceOf(text, options));
}

export async function withClient<R>(cli: Cli, use: (client: OnboardingClient) => Promise<R>): Promise<R> {
  const client = await cli.connect();
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

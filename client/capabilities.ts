import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { entryOf } from './entry.ts';

const evidence = z.enum(['read', 'signal', 'none']);

/** As `contract/capabilities.ts` explains them. */
export const capabilitiesSchema = z.object({
  provider: z.string(),
  kinds: z.array(z.string()),
  existingCustomers: z.boolean(),
  emailVerified: evidence,
  resendVerification: z.boolean(),
  confirmByCode: z.boolean(),
  members: evidence,
  removeMember: z.boolean(),
  identification: z.array(z.string()),
  ssnMonitoring: z.boolean(),
  watchlists: z.array(z.string()),
  passwordReset: z.boolean(),
  deactivate: z.boolean(),
  remove: z.boolean(),
  changes: z.array(z.string()),
  reads: z.array(z.string()),
  lookups: z.array(z.string()),
  listAccounts: z.boolean(),
});

export type ProviderCapabilities = z.output<typeof capabilitiesSchema>;

/** From the code of the providers themselves: a worker process is asked, since clients share no code with them. */
export async function readCapabilities(): Promise<ProviderCapabilities[]> {
  const entry = entryOf('worker', 'print-capabilities');
  // Only a checkout has the sources instead of compiled files.
  const command = entry.endsWith('.ts') ? ['--import', 'tsx', entry] : [entry];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  return z.array(capabilitiesSchema).parse(JSON.parse(stdout));
}

import { appendFileSync } from 'node:fs';
import type { AuditedCustomer, AuditedRead, AuditLine } from '../contract/audit.ts';
import { customerHash } from '../encryption/customer-hash.ts';
import { ConfigInvalid } from '../client/index.ts';
import type { Cli } from './cli.ts';

/**
 * Appends who is about to be shown personal data of whom to the file that `ONBOARDING_AUDIT_FILE` names, if it names one. Fails `ConfigInvalid`
 * where it cannot, and then nothing is shown.
 */
export function auditRead(cli: Cli, audit: AuditedRead, customer: AuditedCustomer): void {
  const file = cli.auditFile();
  if (file === undefined) return;
  const caller = cli.userName();
  const line: AuditLine = {
    time: new Date().toISOString(),
    audit,
    ...(caller !== undefined && { caller }),
    route: `onboard ${audit}`,
    customer: customerHash(cli.keyRing(), customer),
  };
  try {
    appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  } catch {
    throw new ConfigInvalid(
      'ONBOARDING_AUDIT_FILE: cannot be written, so personal data is not shown; correct the path or its rights.',
    );
  }
}

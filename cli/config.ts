/** Where the command writes who has read personal data, `ONBOARDING_AUDIT_FILE`; nowhere by default. */
export function readAuditFile(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env['ONBOARDING_AUDIT_FILE'] || undefined;
}

/** What was looked at, how it stands, and what to do about it. No secrets, no personal data. */
export interface CheckResult {
  check:
    'settings' | 'key' | 'server' | 'namespace' | 'search attributes' | 'stored runs' | 'workers' | 'provider login';
  state: 'ok' | 'failed' | 'skipped';
  detail: string;
  remedy?: string;
}

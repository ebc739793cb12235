/** What was looked at, how it stands, and what to do about it. No secrets, no personal data. */
export interface CheckResult {
  check:
    | 'settings'
    | 'key'
    | 'key use'
    | 'server'
    | 'namespace'
    | 'retention'
    | 'search attributes'
    | 'stored runs'
    | 'stuck runs'
    | 'workers'
    | 'provider login';
  /** `warning`: it works, and something that is needed later will not. */
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  detail: string;
  remedy?: string;
}

import type { z } from 'zod';
import type { ReconcileInput } from '../../contract/reconciliation.ts';
import { ACCOUNT, providerParams, runParams } from './inputs.ts';

/** What is compared: there is one comparison of each at a time. */
export interface Subject {
  url: string;
  of: 'Account' | 'Provider';
  words: string;
  params: z.ZodType<Pick<ReconcileInput, 'provider' | 'reference'>>;
}

export const ALL = '/reconciliations/:provider';

export const SUBJECTS: Subject[] = [
  { url: ALL, of: 'Provider', words: 'all accounts of a provider', params: providerParams },
  { url: `${ACCOUNT}/reconciliation`, of: 'Account', words: 'one account', params: runParams },
];

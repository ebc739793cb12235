/** Request bodies of the documented routes. Fields whose names the vendor does not show are marked in the README. */

export interface NewAccount {
  first_name: string;
  last_name: string;
  email?: string;
  phone?: string;
  /** Only ever taken at creation. */
  ssn?: string;
  country_code?: string;
  lang_code?: string;
  plan_id?: number;
  type?: string;
  company_name?: string;
  organization_number?: string;
  /** The external id, under its configured name. */
  [field: string]: string | number | undefined;
}

export type ProfileBody = Pick<
  Partial<NewAccount>,
  'first_name' | 'last_name' | 'phone' | 'country_code' | 'lang_code'
>;

/** Fields of an update. There is no `ssn`: see `withoutSsn`. */
export type AccountChanges = Partial<Record<string, string | number | boolean | null>> & { ssn?: never };

/**
 * Refuses an SSN in an update: the vendor ignores it silently on every CRM update path, and a success would prove nothing
 * (Defentry contract, section 3.2).
 */
export function withoutSsn<T extends object>(changes: T): T {
  if (!('ssn' in changes)) return changes;
  throw new TypeError(
    'ssn cannot be set by an update: Defentry takes it at creation or from the person’s eID, and ignores it here without an error',
  );
}

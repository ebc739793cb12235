import { documented } from './documented.ts';
import type { Names, UNSET } from './documented.ts';

/** Bodies of an account: creation, update, activation (Tulo Payway contract, section 5). */

/** Section 7.1. To change any field of an address, all its required ones must be sent (section 7.3). */
export interface Address {
  first_name?: string;
  last_name?: string;
  street: string;
  zip_code: string;
  city: string;
  country_code: string;
  street_number?: string;
  staircase?: string;
  floor?: string;
  apartment?: string;
  apartment_number?: string;
  mobile_number?: string;
  phone_number?: string;
  contact_email?: string;
  drop_box?: string;
  care_of?: string;
  company_name?: string;
  company_department?: string;
  company_reference?: string;
  company_crn?: string;
  company_vat_number?: string;
  citizenship_country_code?: string;
}

interface PersonFields {
  first_name?: string;
  last_name?: string;
  mobile_phone_number?: string;
  social_security_number?: string;
  /** `YYYY-MM-DD` */
  birth_date?: string;
  company_registration_number?: string;
  account_origin?: string;
}

export type ProfileBody = Pick<PersonFields, 'first_name' | 'last_name' | 'mobile_phone_number'>;

/** Section 5.1. */
export interface NewAccount extends PersonFields {
  email: string;
  password: string;
  company_name?: string;
  external_ids?: Record<string, string>;
  created_from_source?: string;
  address?: Address;
  tags?: string[];
  require_verification?: boolean;
}

/** Section 5.3. `tags` replaces the whole set. There is no password and no external id here. */
export interface AccountChanges extends PersonFields {
  email?: string;
  alias?: string | typeof UNSET;
  company_name?: string;
  address?: Address;
  tags?: string[];
}

/** Section 5.7. */
export interface CandidateActivation extends PersonFields {
  account_candidate_id: string;
  email: string;
  password: string;
  customer_number?: string;
}

type NamesOf<T> = Record<keyof Required<T>, Names[string]>;

const PERSON: NamesOf<PersonFields> = {
  first_name: true,
  last_name: true,
  mobile_phone_number: true,
  social_security_number: true,
  birth_date: true,
  company_registration_number: true,
  account_origin: true,
};
const ADDRESS: NamesOf<Address> = {
  first_name: true,
  last_name: true,
  street: true,
  zip_code: true,
  city: true,
  country_code: true,
  street_number: true,
  staircase: true,
  floor: true,
  apartment: true,
  apartment_number: true,
  mobile_number: true,
  phone_number: true,
  contact_email: true,
  drop_box: true,
  care_of: true,
  company_name: true,
  company_department: true,
  company_reference: true,
  company_crn: true,
  company_vat_number: true,
  citizenship_country_code: true,
};
const CREATE: NamesOf<NewAccount> = {
  ...PERSON,
  email: true,
  password: true,
  company_name: true,
  external_ids: true,
  created_from_source: true,
  address: ADDRESS,
  tags: true,
  require_verification: true,
};
const UPDATE: NamesOf<AccountChanges> = {
  ...PERSON,
  email: true,
  alias: 'clearable',
  company_name: true,
  address: ADDRESS,
  tags: true,
};
const ACTIVATE: NamesOf<CandidateActivation> = {
  ...PERSON,
  account_candidate_id: true,
  email: true,
  password: true,
  customer_number: true,
};

export const creation = (body: NewAccount): object => documented(body, CREATE);
export const activation = (body: CandidateActivation): object => documented(body, ACTIVATE);
export const changes = (body: AccountChanges): object => documented(body, UPDATE);

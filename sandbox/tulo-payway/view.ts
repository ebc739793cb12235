import type { Account, UserProduct } from './model.ts';
import { ssnKey, type State } from './state.ts';

const seconds = (iso: string) => iso.slice(0, 19);

/** 3.5: reads print an offset; this sandbox's is UTC's. */
export const offsetTime = (iso: string) => `${seconds(iso)}+00:00`;
/** 3.5: verification requests. */
export const utcTime = (iso: string) => `${seconds(iso).replace('T', ' ')} UTC`;

/** Of both stored forms, and what follows from them (6). Assumption: the century of a ten-digit number is the latest possible. */
function ssnFields(ssn: string, now: Date): Record<string, unknown> {
  const ten = ssnKey(ssn);
  const digits = ssn.replace('-', '');
  const latest = Number(`20${ten.slice(0, 2)}`) > now.getUTCFullYear() ? '19' : '20';
  const century = digits.length === 12 ? digits : `${latest}${ten}`;
  const years = now.getUTCFullYear() - Number(century.slice(0, 4));
  const isBeforeBirthday = now.toISOString().slice(5, 10).replace('-', '') < century.slice(4, 8);
  return {
    social_security_number: `${ten.slice(0, 6)}-${ten.slice(6)}`,
    social_security_number_century: century,
    age: years - (isBeforeBirthday ? 1 : 0),
    gender: Number(ten[8]) % 2 === 1 ? 'M' : 'F',
  };
}

export function productView(product: UserProduct): Record<string, unknown> {
  return {
    id: product.id,
    order_id: null,
    created: offsetTime(product.createdAt),
    updated: offsetTime(product.updatedAt),
    product_code: product.productCode,
    title_code: 'SANDBOX',
    valid_from: offsetTime(product.validFrom),
    valid_to: offsetTime(product.validTo),
    provision_service: product.provisionService,
    subscription_type: product.subscriptionType,
    subscription_number: null,
    state: product.state,
    has_pending_change_request: false,
    campaign_end_date: null,
    subscription_end_date: null,
  };
}

/** 7.2: what version 1 of a read shows of an address. */
const ADDRESS = new Set(
  'first_name last_name street street_number staircase floor apartment apartment_number zip_code city drop_box'.split(
    ' ',
  ),
);

const addressView = (address: Record<string, string | undefined> = {}) =>
  Object.fromEntries(Object.entries(address).filter(([name]) => ADDRESS.has(name)));

/** The account as reads show it (6). What an archived one looks like is known from its event (5.6). */
export function accountView(state: State, account: Account): Record<string, unknown> {
  const { profile } = account;
  const { shows } = state.options;
  const isArchived = account.status === 'archived';
  const empty = isArchived ? '' : null;
  const ssn = isArchived ? null : account.ssn;
  return {
    id: account.id,
    email: isArchived ? null : account.email,
    status: account.status,
    verified: account.verified,
    customer_number: account.customerNumber ?? empty,
    tulo_customer_number: account.tuloCustomerNumber,
    first_name: profile.first_name ?? empty,
    last_name: profile.last_name ?? empty,
    mobile_phone_number: profile.mobile_phone_number ?? null,
    birth_date: profile.birth_date ?? empty,
    ...(ssn === null
      ? { social_security_number: empty, social_security_number_century: empty, age: null }
      : ssnFields(ssn, state.now())),
    company_registration_number: profile.company_registration_number ?? null,
    alias: profile.alias ?? null,
    account_origin: profile.account_origin ?? null,
    tags: profile.tags ?? [],
    address: shows.includes('address') ? (profile.address ?? {}) : addressView(profile.address),
    user_products: state.products.find('accountId', account.id).map(productView),
    ...(shows.includes('external_ids') ? { external_ids: account.externalIds } : {}),
    ...(shows.includes('company_name') ? { company_name: profile.company_name ?? null } : {}),
    ...(shows.includes('created_from_source') ? { created_from_source: profile.created_from_source ?? null } : {}),
  };
}

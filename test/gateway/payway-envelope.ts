import { Canaries } from '../leak/canaries.ts';

/** As Payway sends it (section 9.3): every key there is, every value in it a canary but the account's id. */
export interface Envelope {
  body: Record<string, unknown>;
  canaries: Canaries;
}

const UNUSED = [
  'order',
  'payment',
  'receipt',
  'user_product',
  'new_user_product',
  'gift',
  'product',
  'payment_retry',
  'payment_about_to_expire',
];

let envelopes = 0;

/** Events that are much older are refused. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

const AT = hoursAgo(2);
const AT_SSI = hoursAgo(3);

export function paywayEnvelope(event: string, accountId: string, timestamp = AT): Envelope {
  const { canaries, person, secrets } = planted();
  const account = {
    id: accountId,
    organisation_id: 'bank',
    first_name: person.firstName,
    last_name: person.lastName,
    contact_email: person.email,
    mobile_number: person.phone,
    alias: canaries.plant('alias', `kanariefagel-${envelopes}`),
    customer_number: secrets.customerNumber,
    birth_date: canaries.plant('birth date', '1980-03-15'),
    ssn: secrets.ssn,
    status: 'active',
    loyalty_card_number: canaries.plant('loyalty card', `kort-kanarie-${envelopes}`),
    account_origin: '',
    verified: true,
    created: '2026-11-25T08:00:00+01:00',
    updated: '2026-11-26T08:00:00+01:00',
    confirmation_code: secrets.code,
    contact_email_for_update: canaries.plant('new e-mail', `ny.kanarie-${envelopes}@post.example`),
    contact_email_update_code: canaries.plant('e-mail change code', `3b1e8a52-0000-4000-9000-${serial()}`),
    address: { street: canaries.plant('street', `Kanariegatan ${envelopes}`), zip_code: '11122', city: 'Stockholm' },
    gender: '',
  };
  const event_data = {
    reset_url: canaries.plant('reset address', `https://aterstall.example/${serial()}`),
    confirmation_url: canaries.plant('confirmation address', `https://bekrafta.example/${serial()}`),
    email_change_url: canaries.plant('e-mail change address', `https://byt.example/${serial()}`),
    login_url: canaries.plant('login address', `https://logga-in.example/${serial()}`),
    valid_until: '2026-11-27T08:00:00Z',
    one_time_password: canaries.plant('one-time password', `engangslosen-${serial()}`),
  };
  const share = { receiver: canaries.plant('receiver', `mottagare.kanarie-${envelopes}@post.example`) };
  const unused = Object.fromEntries(UNUSED.map((name) => [name, {}]));
  return { body: { event, timestamp, payload: { account, event_data, share, ...unused } }, canaries };
}

/** The flat form of SSI. */
export function ssiEnvelope(event: string, accountId: string, timestamp = AT_SSI.replace('Z', '+00:00')): Envelope {
  const { canaries, person, secrets } = planted();
  const customer = {
    contact_email: person.email,
    customer_number: secrets.customerNumber,
    first_name: person.firstName,
    last_name: person.lastName,
    phone_number: person.phone,
    ssn: secrets.ssn,
    crn: '',
    company_name: '',
    birth_date: canaries.plant('birth date', '1980-03-15'),
  };
  const { email } = person;
  const { customerNumber: customer_number } = secrets;
  return { body: { event_name: event, timestamp, account_id: accountId, email, customer_number, customer }, canaries };
}

function planted() {
  envelopes += 1;
  const canaries = new Canaries();
  const person = canaries.person(`webhook-${envelopes}`);
  const secrets = {
    ssn: canaries.ssn('webhook'),
    customerNumber: canaries.plant('customer number', `kundnummer-${serial()}`),
    code: canaries.plant('confirmation code', `9f6c0d7e-0000-4000-8000-${serial()}`),
  };
  return { canaries, person, secrets };
}

function serial(): string {
  return String(envelopes).padStart(12, '7');
}

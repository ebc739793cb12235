import { createDefentrySandbox, type DefentrySandbox } from '../../sandbox/defentry/index.ts';
import { createFaciliooSandbox, type FaciliooSandbox } from '../../sandbox/facilioo/index.ts';
import { createTuloPaywaySandbox, type TuloPaywaySandbox } from '../../sandbox/tulo-payway/index.ts';
import { WATCHLISTS } from '../activities/defentry/settings.ts';
import { WITH_MAPPING } from '../activities/tulo-payway/customers.ts';
import type { Canaries } from './canaries.ts';
import type { Environment } from './programs.ts';
import { Vendor } from './vendor.ts';

/** A sandbox behind a vendor that cannot be trusted. */
export interface Site<Sandbox> {
  sandbox: Sandbox;
  vendor: Vendor;
}

export interface Providers {
  defentry: Site<DefentrySandbox>;
  payway: Site<TuloPaywaySandbox>;
  facilioo: Site<FaciliooSandbox>;
  /** As a worker gets it that hosts all three. */
  env: Environment;
  close: () => Promise<void>;
}

/** Each with its name. */
export function sitesOf({ defentry, payway, facilioo }: Providers) {
  return Object.entries({ defentry, payway, facilioo });
}

/** Of Payway: its name is the caller's to choose, so it may say what somebody reads. */
export const PACKAGE = 'kanarie-paket-vaxtsjukdom';

/** Of a customer whom Payway’s subscription system knows; at most 10 characters. */
export const KNOWN_NUMBER = 'kanarie-47';

/** Short enough that a call that hangs costs little. */
const TIMEOUT_MS = '2000';

/** Whatever a worker needs to be let in is a canary. */
export async function openProviders(canaries: Canaries): Promise<Providers> {
  const [defentry, payway, facilioo] = await Promise.all([
    openDefentry(canaries),
    openPayway(canaries),
    openFacilioo(canaries),
  ]);
  return {
    defentry: defentry.site,
    payway: payway.site,
    facilioo: facilioo.site,
    env: { ...defentry.env, ...payway.env, ...facilioo.env },
    close: async () => {
      for (const { site } of [defentry, payway, facilioo]) {
        await site.vendor.close();
        await site.sandbox.close();
      }
    },
  };
}

interface Opened<Sandbox> {
  site: Site<Sandbox>;
  env: Environment;
}

async function openDefentry(canaries: Canaries): Promise<Opened<DefentrySandbox>> {
  const credentials = {
    username: canaries.plant('provider user name', 'kanarie-service@partner.example'),
    password: canaries.plant('provider password', 'Kanarie!Hemligt=Losenord/1'),
    clientId: canaries.plant('client id', 'kanarie-client-9f1'),
    clientSecret: canaries.plant('client secret', 'kanarie+client/secret=="x"'),
  };
  const sandbox = createDefentrySandbox({
    defentry: { ssnRequired: false, ssnVisibility: 'full', monitoringStarts: 'on-request', credentials },
  });
  const { vendor, url } = await inFrontOf(sandbox);
  const env = {
    DEFENTRY_BASE_URL: url,
    DEFENTRY_USERNAME: credentials.username,
    DEFENTRY_PASSWORD: credentials.password,
    DEFENTRY_CLIENT_ID: credentials.clientId,
    DEFENTRY_CLIENT_SECRET: credentials.clientSecret,
    DEFENTRY_SSN_REQUIRED: 'false',
    // So that the vendor is the one who refuses.
    DEFENTRY_SSN_FORM: 'any',
    DEFENTRY_EID_START_PATH: '/api/v1/eid-stand-in/sessions',
    DEFENTRY_EID_STATUS_PATH: '/api/v1/eid-stand-in/sessions/{id}',
    ...WATCHLISTS,
    DEFENTRY_TIMEOUT_MS: TIMEOUT_MS,
  };
  return { site: { sandbox, vendor }, env };
}

async function openPayway(canaries: Canaries): Promise<Opened<TuloPaywaySandbox>> {
  const client = {
    id: canaries.plant('Payway client id', '5f1e9b0a6fc936530cafe815'),
    secret: canaries.plant('Payway client secret', 'kanarie-payway+secret/=="y"'),
  };
  const packages = { [canaries.plant('Payway package', PACKAGE)]: { receivers: 5 }, single: { receivers: null } };
  const { firstName, lastName, email, phone } = canaries.person('payway-reader.known');
  const candidate = {
    customer_number: canaries.plant('Payway customer number', KNOWN_NUMBER),
    social_security_number: canaries.ssn('payway-reader.known').slice(2),
    email,
    first_name: firstName,
    last_name: lastName,
    mobile_phone_number: phone,
    zip_code: '27567',
    products: [],
  };
  const sandbox = createTuloPaywaySandbox({
    tuloPayway: { client, packages, changedEmail: 'is-unverified', candidates: [candidate] },
  });
  const { vendor, url } = await inFrontOf(sandbox);
  const env = {
    TULO_PAYWAY_BASE_URL: url,
    TULO_PAYWAY_CLIENT_ID: client.id,
    TULO_PAYWAY_CLIENT_SECRET: client.secret,
    ...WITH_MAPPING,
    TULO_PAYWAY_TIMEOUT_MS: TIMEOUT_MS,
  };
  return { site: { sandbox, vendor }, env };
}

async function openFacilioo(canaries: Canaries): Promise<Opened<FaciliooSandbox>> {
  const email = canaries.plant('facilioo login', 'kanarie-dienst@verwaltung.example');
  const password = canaries.plant('facilioo password', 'Kanarie-Geheim?Wort&2');
  const login = { email, password, partyId: 1, accountGroupId: 1, isAdmin: true };
  const sandbox = createFaciliooSandbox({ facilioo: { logins: [login] } });
  const { vendor, url } = await inFrontOf(sandbox);
  const env = {
    FACILIOO_BASE_URL: url,
    FACILIOO_EMAIL: email,
    FACILIOO_PASSWORD: password,
    FACILIOO_ACCOUNT_GROUP_ID: '12',
    FACILIOO_TIMEOUT_MS: TIMEOUT_MS,
  };
  return { site: { sandbox, vendor }, env };
}

async function inFrontOf(sandbox: { listen: () => Promise<string> }): Promise<{ vendor: Vendor; url: string }> {
  const vendor = new Vendor(await sandbox.listen());
  return { vendor, url: await vendor.listen() };
}

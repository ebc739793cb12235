import {
  createTuloPaywaySandbox,
  type PaywayOptionsInput,
  type TuloPaywaySandbox,
} from '../../../sandbox/tulo-payway/index.ts';
import { sender, textOf, type Got, type Send } from '../partner.ts';

export const CLIENT = { client_id: '5f1e9b0a6fc9365306000001', client_secret: 'sandbox-client-secret' };
export const SCOPES = [
  '/external/account/r',
  '/external/account/w',
  '/external/account/archive/w',
  '/external/identity_mapping/w',
  '/external/userproduct/w',
].join(' ');

/** As in the vendor's minimal example (seed page "Create account"), with a reserved domain. */
export const MINIMAL = { email: 'test@example.com', password: 'Df7Vdd8!!vnM' };
/** As in the vendor's complete example. */
export const COMPLETE = {
  ...MINIMAL,
  first_name: 'Ove',
  last_name: 'Ovesson',
  mobile_phone_number: '0701234567',
  social_security_number: '620817-9256',
  birth_date: '1999-05-14',
  company_registration_number: '556468-3984',
  account_origin: 'ADEPRIMO',
  external_ids: { 'External key 1': 'external value 1', 'External key 2': 'external value 2' },
  created_from_source: 'My application name',
  address: {
    first_name: 'Kalle',
    last_name: 'Anka',
    street: 'Södra Vollsjövägen',
    zip_code: '27567',
    city: 'Vollsjö',
    country_code: 'SE',
  },
  tags: ['foo', 'bar'],
  require_verification: true,
};

const open: TuloPaywaySandbox[] = [];

export interface Integrator {
  sandbox: TuloPaywaySandbox;
  origin: string;
  /** With a token of all scopes; paths begin after `/external/api`. */
  api: Send;
  /** With a token of these scopes. */
  scoped: (scope: string) => Promise<Send>;
}

export async function askToken(origin: string, fields: Record<string, string>): Promise<Got> {
  const body = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return sender(origin)('POST', '/api/authorization/access_token', body, headers);
}

/** An integrator with a token at a sandbox of its own. */
export async function openIntegrator(
  tuloPayway: PaywayOptionsInput = {},
  more: Omit<Parameters<typeof createTuloPaywaySandbox>[0] & object, 'tuloPayway'> = {},
): Promise<Integrator> {
  const sandbox = createTuloPaywaySandbox({ ...more, tuloPayway });
  open.push(sandbox);
  const origin = await sandbox.listen();
  const scoped = async (scope: string) => {
    const token = textOf(await askToken(origin, { ...CLIENT, grant_type: 'none', scope }), 'access_token');
    return sender(`${origin}/external/api`, token);
  };
  return { sandbox, origin, scoped, api: await scoped(SCOPES) };
}

export async function closeIntegrators(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

/** Creates an account and answers its id. */
export async function created(api: Send, fields: Record<string, unknown> = {}): Promise<string> {
  return textOf(await api('POST', '/v2/accounts', { ...MINIMAL, ...fields }), 'id');
}

/** The code in the newest mail of a kind, open or not. */
export function codeIn(sandbox: TuloPaywaySandbox, kind: string): string {
  const code = sandbox.outbox.items().findLast((item) => item.kind === kind)?.code;
  if (code === undefined) throw new Error(`No mail of kind ${kind} has a code.`);
  return code;
}

/** The effects on an account, in order. */
export const effectsOn = (sandbox: TuloPaywaySandbox, accountId: string) =>
  sandbox.ledger.entries({ accountId }).map(({ effect, kind }) => (kind === undefined ? effect : `${effect} ${kind}`));

/** Provisions a package that runs now, and answers the id of the user product. */
export async function provisioned(api: Send, accountId: string, packageCode = 'digital'): Promise<string> {
  const body = {
    account_id: accountId,
    package_code: packageCode,
    subscription_type: 'recurring',
    valid_from: '2016-10-02 13:00 +0100',
    valid_to: '2099-10-02 13:00 +0100',
  };
  return textOf(await api('POST', '/v1/userproducts', body), 'id');
}

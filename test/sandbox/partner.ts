import { eventually } from '../setup/eventually.ts';
import {
  createDefentrySandbox,
  type DefentryOptionsInput,
  type DefentrySandbox,
} from '../../sandbox/defentry/index.ts';

type Fields = Record<string, unknown>;

export interface Got {
  status: number;
  headers: Headers;
  text: string;
  /** `undefined` when it is no JSON. */
  body: unknown;
}

export type Send = (
  method: string,
  path: string,
  body?: Fields | string,
  headers?: Record<string, string>,
) => Promise<Got>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** What is under `data`. */
export function dataOf({ body }: Pick<Got, 'body'>): Fields {
  if (isFields(body) && isFields(body['data'])) return body['data'];
  throw new Error('The answer has no data.');
}

export const idOf = (got: Pick<Got, 'body'>) => String(dataOf(got)['id']);

/** A field of the top level that must be a text, such as `token`. */
export function textOf({ body }: Pick<Got, 'body'>, name: string): string {
  const value = isFields(body) ? body[name] : undefined;
  if (typeof value !== 'string') throw new Error(`The answer has no ${name}.`);
  return value;
}

/** Sends in the standardized format, with a token; `headers` take precedence. */
export const sender =
  (origin: string, token?: string): Send =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(origin + path, {
      method,
      redirect: 'manual',
      headers: {
        'x-api-version': '2026-06-12',
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };

export const CRM = { username: 'service@partner.example', password: 'sandbox-password' };
export const SSO = { client_id: 'sandbox-client', client_secret: 'sandbox-client-secret' };
export const JOHN = {
  ssn: '19900101-1234',
  first_name: 'John',
  last_name: 'Doe',
  email: 'john.doe@example.com',
  country_code: 'SE',
  lang_code: 'SV',
  plan_id: 1,
  type: 'SINGLE',
};
const { ssn: _, ...UNIDENTIFIED } = JOHN;
export const JANE = { ...UNIDENTIFIED, first_name: 'Jane', email: 'jane.doe@example.com' };

const open: DefentrySandbox[] = [];

export interface Partner {
  sandbox: DefentrySandbox;
  origin: string;
  /** With a CRM token. */
  crm: Send;
  /** With no token. */
  anonymous: Send;
  /** With an app token of the account that has this address. */
  app: (email: string) => Promise<Send>;
}

/** A partner, logged in at a sandbox of its own. */
export async function openPartner(
  defentry: DefentryOptionsInput = {},
  more: Omit<Parameters<typeof createDefentrySandbox>[0] & object, 'defentry'> = {},
): Promise<Partner> {
  const sandbox = createDefentrySandbox({ ...more, defentry });
  open.push(sandbox);
  const origin = await sandbox.listen();
  const anonymous = sender(origin);
  const token = textOf(await anonymous('POST', '/api/v1/crm/auth/login', CRM), 'token');
  return {
    sandbox,
    origin,
    crm: sender(origin, token),
    anonymous,
    app: async (email) =>
      sender(origin, textOf(await anonymous('POST', '/api/v1/sso/token', { ...SSO, email }), 'token')),
  };
}

export async function closeSandboxes(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

/** Waits until a fact holds. */
export async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  await eventually('the fact', fact);
}

import {
  createFaciliooSandbox,
  type FaciliooOptionsInput,
  type FaciliooSandbox,
} from '../../../sandbox/facilioo/index.ts';

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

/** A field of an answer that is an object. */
export const field = ({ body }: Pick<Got, 'body'>, name: string): unknown => (body as Fields)[name];

/** A field that must be a text, such as `accessToken`. */
export function textOf(got: Pick<Got, 'body'>, name: string): string {
  const value = field(got, name);
  if (typeof value !== 'string') throw new Error(`The answer has no ${name}.`);
  return value;
}

/** Ids of a page or of a plain list, in their order. */
export function idsOf({ body }: Pick<Got, 'body'>): unknown[] {
  const items = Array.isArray(body) ? body : (body as { items: unknown[] }).items;
  return items.map((item) => (item as Fields)['id']);
}

export const sender =
  (origin: string, token?: string): Send =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(origin + path, {
      method,
      headers: {
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

export const LOGIN = '/api/auth/login';
export const SERVICE = {
  email: 'service@verwaltung.example',
  password: 'sandbox-password',
  skipMultiFactorAuthentication: true,
};
export const ERIKA = {
  email: 'erika.muster@example.com',
  partyId: 4711,
  firstName: 'Erika',
  lastName: 'Muster',
  accountGroupId: 12,
  externalId: 'ERP-000123',
};
export const MAX = { ...ERIKA, email: 'max.muster@example.com', partyId: 4712, externalId: 'ERP-000124' };

/** Logins of other callers than the company's administrator, with the parties and groups they need. */
export const CALLERS = {
  logins: [
    { email: SERVICE.email, password: 'p', partyId: 1, accountGroupId: 1, isAdmin: true },
    { email: 'reader@example.com', password: 'p', partyId: 1, accountGroupId: 2 },
    { email: 'platform@example.com', password: 'p', partyId: 9, accountGroupId: 99, isAdmin: true },
    { email: 'pool@example.com', password: 'p', partyId: 3, accountGroupId: 93, isAdmin: true },
    { email: 'resident@example.com', password: 'p', partyId: 4001, accountGroupId: 12 },
    { email: 'other@example.com', password: 'p', partyId: 2, accountGroupId: 91, isAdmin: true },
    { email: 'guest@example.com', password: 'p', partyId: 8, accountGroupId: 93 },
  ],
  parties: [
    { id: 1, accountRole: 2, name: 'Company' },
    { id: 2, accountRole: 2, name: 'Other company' },
    { id: 3, accountRole: 3, name: 'Pool', managedBy: 1 },
    { id: 8, accountRole: 11, name: 'Guest' },
    { id: 9, accountRole: 1, name: 'Platform' },
  ],
  accountGroups: [
    { id: 1, name: 'Administrators', partyId: 1, permissions: [0, 1, 2, 3] },
    { id: 2, name: 'Readers', partyId: 1, permissions: [1] },
    { id: 12, name: 'Residents', partyId: 1, permissions: [1] },
    { id: 91, name: 'Administrators', partyId: 2, permissions: [0, 1, 2, 3] },
    { id: 93, name: 'Pool', partyId: 3, permissions: [0, 1, 2, 3] },
    { id: 99, name: 'Platform', partyId: 9, permissions: [0, 1, 2, 3] },
  ],
} satisfies FaciliooOptionsInput;

export interface Manager {
  sandbox: FaciliooSandbox;
  origin: string;
  /** With the token of a company's administrator. */
  send: Send;
  /** With no token. */
  anonymous: Send;
  /** With a token of one of `CALLERS`. */
  as: (name: string) => Promise<Send>;
}

const open: FaciliooSandbox[] = [];

/** A property-management company, logged in at a sandbox of its own. */
export async function openManager(
  facilioo: FaciliooOptionsInput = {},
  more: Omit<Parameters<typeof createFaciliooSandbox>[0] & object, 'facilioo'> = {},
): Promise<Manager> {
  const sandbox = createFaciliooSandbox({ ...more, facilioo });
  open.push(sandbox);
  const origin = await sandbox.listen();
  const anonymous = sender(origin);
  const as = async (email: string, password = 'p') =>
    sender(origin, textOf(await anonymous('POST', LOGIN, { ...SERVICE, email, password }), 'accessToken'));

  const password = facilioo.logins ? undefined : SERVICE.password;
  const send = facilioo.secondFactor === 'always' ? anonymous : await as(SERVICE.email, password);
  return { sandbox, origin, anonymous, send, as: (name) => as(`${name}@example.com`) };
}

export async function closeSandboxes(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

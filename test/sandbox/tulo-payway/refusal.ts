import type { PaywayOptionsInput } from '../../../sandbox/tulo-payway/index.ts';
import type { Got, Send } from '../partner.ts';
import { created, openIntegrator } from './integrator.ts';

export const NOBODY = '0123456789abcdef01234567';

export interface Refusal {
  /** Section and rule. */
  rule: string;
  options?: PaywayOptionsInput;
  /** `id` is an account with the address ove@example.com and the SSN 620817-9256. */
  call: (api: Send, id: string) => Promise<Got>;
  status: number;
  body: Record<string, unknown>;
}

/** What a refused call was answered, and whether it changed the account. */
export async function refused({ options, call }: Refusal): Promise<{ got: Got; changes: number }> {
  const { api, sandbox } = await openIntegrator(options);
  const fields = { email: 'ove@example.com', first_name: 'Ove', social_security_number: '620817-9256' };
  const id = await created(api, fields);
  const got = await call(api, id);
  return { got, changes: sandbox.ledger.entries({ accountId: id, effect: 'account.updated' }).length };
}

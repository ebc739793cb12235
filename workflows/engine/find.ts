import type { Capabilities } from '../../contract/capabilities.ts';
import type { KnownAccount } from '../../contract/account.ts';
import type { FoundAccount } from '../../contract/management.ts';
import type { Run, Stepped } from './run.ts';
import { apply } from './run.ts';
import type { Call } from './step.ts';

type WithAccount = Stepped & { account: KnownAccount; accountId?: string; capabilities?: Capabilities };

/** Finds our account at the provider, and learns what the provider can do with it. */
export async function findOwn<State extends WithAccount>(run: Run<State>, call: Call): Promise<FoundAccount> {
  const { reference, accountId: given } = run.state.account;
  const found = await call((act) =>
    act('Find the account by our reference').findAccount({
      reference,
      ...(given === undefined ? {} : { accountId: given }),
    }),
  );
  const { accountId, capabilities, accountHash } = found;
  apply(run, (state) => ({
    ...state,
    capabilities,
    ...(accountId === undefined ? {} : { accountId }),
    ...(accountHash === undefined ? {} : { accountHash }),
  }));
  return found;
}

import { isIdPart } from '../../contract/ids.ts';
import type { ListedAccount } from '../../contract/management.ts';
import { foreign } from './comparison.ts';
import type { ReconciliationState } from './state.ts';
import { atCursor, inPhase, withPage } from './state.ts';
import { askRuns, readOnce, readingsOf } from './reads.ts';

/** Only to hear what the provider can do, which it tells with each account that is looked for. */
const NOBODY = 'reconciliation';

/** A page of the provider's own list, where it has one: accounts under a reference of ours that no run of ours made. */
export async function compareListed(state: ReconciliationState): Promise<ReconciliationState> {
  const { provider } = state.input;
  const reading = readingsOf(provider, state.policy);
  if (!state.foreignSought) {
    const able = await readOnce(() => reading('Ask what the provider can do').findAccount({ reference: NOBODY }));
    if ('failure' in able) return inPhase({ ...state, stopped: able.failure }, 'ended');
    if (!able.value.capabilities.listAccounts) return inPhase(state, 'ended');
  }
  const read = await readOnce(() =>
    reading('Read the provider’s list').listAccounts(state.cursor === undefined ? {} : { cursor: state.cursor }),
  );
  if ('failure' in read) return inPhase({ ...state, foreignSought: true, stopped: read.failure }, 'ended');
  const { accounts, cursor } = read.value;
  const claimed = accounts.filter(isClaimed);
  const references = [...new Set(claimed.map(({ reference }) => reference))];
  const beliefs = references.length === 0 ? [] : (await askRuns().listBeliefs({ provider, references })).beliefs;
  const compared = withPage(
    { ...state, foreignSought: true },
    {
      found: claimed.flatMap((account) =>
        foreign(
          account,
          beliefs.find(({ reference }) => reference === account.reference),
        ),
      ),
      listed: accounts.length,
      unclaimed: accounts.length - claimed.length,
    },
  );
  return cursor === undefined ? inPhase(compared, 'ended') : atCursor(compared, cursor);
}

/** What is no reference in our form is another system's, and may be anything, personal data included. */
function isClaimed(account: ListedAccount): account is ListedAccount & { reference: string } {
  return account.reference !== undefined && isIdPart(account.reference);
}

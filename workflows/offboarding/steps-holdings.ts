import type { Removal } from '../../contract/offboarding.ts';
import { isIdPart, memberId } from '../../contract/ids.ts';
import type { Holdings, HoldingsList } from '../../contract/management.ts';
import { stopMemberRun } from '../member/run.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import type { Call, StepEnd } from '../engine/step.ts';
import { step } from '../engine/step.ts';
import type { OffboardingState } from './state.ts';
import { noteRemoved } from './state.ts';
import { now } from '../engine/time.ts';
import { stopMemberRuns } from './member-runs.ts';

type Member = NonNullable<Holdings['members']>[number];

export function removeMembers(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'removeMembers',
    async (call) => {
      let code: string | undefined;
      const end = await removeEach(run, call, {
        what: 'member',
        list: 'members',
        listed: ({ members }) => members,
        key: ({ memberId: id }) => id,
        supported: run.state.capabilities!.removeMember,
        // After the first list, so that those whom their own runs take back are counted.
        stop: async () => {
          code = await stopMemberRuns(run, call);
        },
        remove: (member) => removeMember(run, call, member),
      });
      return code === undefined || end.status === 'gap' ? end : { status: 'gap', code };
    },
    {
      needed: ({ accountId, capabilities }) => accountId !== undefined && capabilities!.members !== 'none',
      skippable: true,
    },
  );
}

/** The id alone names the member. A run of its own, if there is one, must not go on inviting it. */
async function removeMember(run: Run<OffboardingState>, call: Call, { memberId: id, reference }: Member) {
  const { account, accountId } = run.state;
  if (reference !== undefined && isIdPart(reference)) {
    await stopMemberRun(memberId(account.provider, account.reference, reference), { undo: 'remove' });
  }
  const member = { reference: reference ?? id, person: { firstName: '', lastName: '' } };
  await call((act) =>
    act('Remove a member').removeMember({
      accountId: accountId!,
      ownerReference: account.reference,
      memberId: id,
      member,
    }),
  );
}

export function removeWatchlistItems(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'removeWatchlistItems',
    (call) => {
      const { account, accountId, capabilities } = run.state;
      const of = { accountId: accountId!, ownerReference: account.reference };
      return removeEach(run, call, {
        what: 'watchlist-item',
        list: 'watchlistItems',
        listed: ({ watchlistItems }) => watchlistItems,
        key: ({ kind, value }) => `${kind} ${value}`,
        supported: capabilities!.changes.includes('remove-watchlist-item'),
        remove: (item) =>
          call((act) =>
            act(`Remove an item of the ${item.kind} watchlist`).applyChange({
              ...of,
              change: { kind: 'remove-watchlist-item', item },
            }),
          ),
      });
    },
    {
      needed: ({ accountId, capabilities }) => accountId !== undefined && capabilities!.watchlists.length > 0,
      skippable: true,
    },
  );
}

/** Removes each that the provider lists, and reads the list again: what it says is what counts. Unreadable then, all count, as not proven. */
async function removeEach<Item>(
  run: Run<OffboardingState>,
  call: Call,
  of: {
    what: Removal['what'];
    /** Where in the holdings they are. */
    list: HoldingsList;
    listed: (holdings: Holdings) => Item[] | undefined;
    key: (item: Item) => string;
    supported: boolean;
    stop?: () => Promise<void>;
    remove: (item: Item) => Promise<unknown>;
  },
): Promise<StepEnd> {
  const listed = async () => of.listed(await readHoldings(run, call, [of.list]));
  const items = await listed();
  await of.stop?.();
  if (items === undefined) return { status: 'gap', code: 'NotReadable' };
  if (items.length === 0) return { status: 'not-needed' };
  if (!of.supported) return { status: 'gap', code: 'NotSupported' };
  for (const item of items) await of.remove(item);
  const left = await listed();
  const shown = new Set(left?.map(of.key));
  const gone = items.filter((item) => !shown.has(of.key(item))).length;
  if (gone > 0) apply(run, (state) => noteRemoved(state, of.what, now(), gone));
  if (left === undefined) return { status: 'gap', code: 'NotReadable' };
  return left.length === 0 ? { status: 'done' } : { status: 'gap', code: 'StillThere' };
}

export function disableSsnMonitoring(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'disableSsnMonitoring',
    async (call) => {
      const { ssnMonitoring } = await readHoldings(run, call, []);
      if (ssnMonitoring === 'no') return { status: 'not-needed' };
      const { proven } = await call((act) =>
        act('Switch SSN monitoring off and read it back').disableSsnMonitoring({ accountId: run.state.accountId! }),
      );
      apply(run, (state) => noteRemoved(state, 'ssn-monitoring', now()));
      return proven ? { status: 'done' } : { status: 'done', code: 'NotReadable' };
    },
    {
      needed: ({ accountId, capabilities }) => accountId !== undefined && capabilities!.ssnMonitoring,
      skippable: true,
    },
  );
}

function readHoldings({ state }: Run<OffboardingState>, call: Call, lists: HoldingsList[]): Promise<Holdings> {
  return call((act) =>
    act('Read what hangs on the account').readHoldings({
      accountId: state.accountId!,
      ownerReference: state.account.reference,
      lists,
    }),
  );
}

import type { Ledger } from '../../sandbox/core/ledger.ts';
import type { OutboxItem } from '../../sandbox/core/outbox.ts';
import type { Sandbox } from '../../sandbox/core/sandbox.ts';
import type { Effect } from '../../sandbox/defentry/model.ts';
import { eventually } from '../setup/eventually.ts';

export type Effects = Partial<Record<Effect, number>>;

export interface Recorded<E extends string> {
  ledger: Pick<Ledger<E>, 'entries'>;
}

const isOf = (reference: string, externalId: string | null | undefined) =>
  externalId === reference || externalId?.startsWith(`${reference}.`) === true;

/** The ledger as it is now, for who asks it about many customers: each reading of the sandbox's own copies all of it. */
export function asItIs<E extends string>({ ledger }: Recorded<E>): Recorded<E> {
  const all = ledger.entries();
  return { ledger: { entries: () => all } };
}

/** How often each thing really happened to the customer's account and its members, which need not carry a reference. */
export function effectsOf<E extends string>({ ledger }: Recorded<E>, reference: string): Partial<Record<E, number>> {
  const owner = accountOf({ ledger }, reference);
  const counts: Partial<Record<E, number>> = {};
  for (const { effect, externalId, ownerId } of ledger.entries()) {
    const isMembers = ownerId !== undefined && ownerId === owner;
    if (isMembers || isOf(reference, externalId)) counts[effect] = (counts[effect] ?? 0) + 1;
  }
  return counts;
}

/** Accounts and members of the customer that were made and not deleted, by external id; with `inactive`, also whether they are off. */
export function remaining({ ledger }: Recorded<Effect>, reference: string): string[] {
  const left = new Map<string, string>();
  for (const { effect, externalId, accountId } of ledger.entries()) {
    if (!externalId || !isOf(reference, externalId)) continue;
    if (effect === 'account.created' || effect === 'member.added') left.set(accountId, externalId);
    if (effect === 'account.deleted') left.delete(accountId);
  }
  return [...left.values()].toSorted();
}

/** The provider's id of the customer's account. */
export function accountOf<E extends string>({ ledger }: Recorded<E>, externalId: string): string | undefined {
  const begun = ['account.created', 'member.added'];
  return ledger.entries().find((entry) => entry.externalId === externalId && begun.includes(entry.effect))?.accountId;
}

function openItem(sandbox: Sandbox<string>, externalId: string, kind: string): OutboxItem | undefined {
  const accountId = accountOf(sandbox, externalId);
  return sandbox.outbox.open().find((item) => item.kind === kind && item.accountId === accountId);
}

/** Does what the person would do, as soon as the mail or task of this kind is there. Answers the item. */
export async function act(
  sandbox: Sandbox<string>,
  externalId: string,
  kind: string,
  action?: string,
): Promise<OutboxItem> {
  const item = await eventually(`an open ${kind}`, () => openItem(sandbox, externalId, kind));
  return sandbox.act(item.id, action).item;
}

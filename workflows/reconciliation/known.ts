import type { Finding } from '../../contract/reconciliation.ts';
import type { Belief } from '../../contract/runs.ts';
import { together } from '../engine/beside.ts';
import { differences, isDecided, unreadable } from './comparison.ts';
import type { PageOf, ReconciliationState } from './state.ts';
import { atCursor, inPhase, withPage } from './state.ts';
import { askRuns, holdingsOf, isAway, readOnce, readingsOf } from './reads.ts';

/** Accounts read at the same time. */
const AT_ONCE = 5;

/** A page of the accounts that our runs tell of, or the one asked about. */
export async function compareKnown(state: ReconciliationState): Promise<ReconciliationState> {
  const { provider, reference } = state.input;
  if (reference !== undefined) return inPhase(await compareOne(state, reference), 'ended');
  const { beliefs, cursor, retention } = await askRuns().listBeliefs({
    provider,
    ...(state.cursor === undefined ? {} : { cursor: state.cursor }),
  });
  const compared = await compare(retention === undefined ? state : { ...state, retention }, beliefs);
  if (compared.stopped !== undefined) return inPhase(compared, 'ended');
  return cursor === undefined ? inPhase(compared, 'listed') : atCursor(compared, cursor);
}

async function compareOne(state: ReconciliationState, reference: string): Promise<ReconciliationState> {
  const { provider } = state.input;
  const { beliefs } = await askRuns().listBeliefs({ provider, references: [reference] });
  if (beliefs.length > 0) return compare(state, beliefs);
  const read = await readOnce(() =>
    readingsOf(provider, state.policy)('Look for an account that nobody here knows').findAccount({ reference }),
  );
  if ('failure' in read) return withPage(state, { found: [{ kind: 'unreadable', code: read.failure, reference }] });
  const { accountId } = read.value;
  return withPage(state, {
    found: accountId === undefined ? [] : [{ kind: 'foreign', code: 'NoRun', reference, accountId }],
  });
}

async function compare(state: ReconciliationState, beliefs: readonly Belief[]): Promise<ReconciliationState> {
  const reading = readingsOf(state.input.provider, state.policy);
  const found: Finding[] = [];
  let stopped: string | undefined;
  let read = 0;
  for (; read < beliefs.length && stopped === undefined; read += AT_ONCE) {
    const group = beliefs.slice(read, read + AT_ONCE);
    const readings = await together(group.map((belief) => holdingsOf(reading, belief)));
    const failures = readings.flatMap((one) => ('failure' in one ? one.failure : []));
    // All of them, each for as long as the policy allows: more would only take longer to say the same.
    if (failures.length === group.length && failures.every(isAway)) stopped = failures[0];
    for (const [index, one] of readings.entries()) {
      const belief = group[index]!;
      found.push(...('failure' in one ? [unreadable(belief, one.failure)] : differences(belief, one.value)));
    }
  }
  const compared = withPage(state, await confirmed(state, beliefs.slice(0, read), found));
  return stopped === undefined ? compared : { ...compared, stopped };
}

/** A finding stands when our runs say the same after the provider was read as before: else the account was just being changed. */
async function confirmed(
  { input: { provider } }: ReconciliationState,
  before: readonly Belief[],
  found: readonly Finding[],
): Promise<PageOf> {
  const references = [...new Set(found.map(({ reference }) => reference))];
  const after = references.length === 0 ? [] : (await askRuns().listBeliefs({ provider, references })).beliefs;
  const unchanged = new Set(
    before
      .filter(({ reference, asOf, open }) =>
        after.some((now) => now.reference === reference && now.asOf === asOf && now.open === open),
      )
      .map(({ reference }) => reference),
  );
  const quiet = before.filter(({ reference }) => !references.includes(reference));
  const agreed = quiet.filter(isDecided).length;
  return {
    found: found.filter(({ reference }) => unchanged.has(reference)),
    known: before.length,
    agreed,
    differing: unchanged.size,
    undecided: before.length - agreed - unchanged.size,
  };
}

import type { ReconcileInput, Reconciliation } from '../contract/reconciliation.ts';
import type { OnboardingClient } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { writeLine } from './output.ts';
import { withBar } from './progress-bar.ts';

/** Starts it, or joins the one under way, and answers with its report; with nothing when interrupted. */
export async function followReconciliation(
  cli: Cli,
  { reconciliations }: OnboardingClient,
  input: ReconcileInput,
  json?: boolean,
): Promise<Reconciliation | undefined> {
  const { started } = await reconciliations.start(input);
  if (!started) writeLine(cli.stderr, 'One is under way already; this is its report.');
  const signal = cli.interruption();
  return withBar(cli, { title: 'Accounts read', json }, async (tick) => {
    const stories = reconciliations.watch(input, { signal });
    for (let told = 0; ;) {
      const { value, done } = await stories.next();
      if (done) return value;
      for (; told < value.counts.known + value.counts.listed; told += 1) tick();
    }
  });
}

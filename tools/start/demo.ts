import { showLive } from '../../cli/live.ts';
import { table } from '../../cli/output.ts';
import { stepWords, titleOf } from '../../cli/words.ts';
import { uiLinks, type OnboardingClient, type OnboardingResult, type Progress } from '../../client/index.ts';
import type { Screen } from '../terminal/screen.ts';
import { readExample, startExample, type ExampleRun } from './example.ts';
import type { DemoProvider } from './providers/provider.ts';
import { isProven, LEDGER, prove, type Proof } from './proof.ts';

export interface DemoOptions {
  client: OnboardingClient;
  /** Base addresses. */
  ui: string | undefined;
  gateway: string;
  sandbox: string;
  namespace: string;
  byHand: boolean;
  provider: DemoProvider;
  screen: Screen;
  /** Ends the view; the run goes on. */
  signal: AbortSignal;
}

/** Onboards the example's customer and shows it. Answers whether it is completed and every step is proven; `undefined` when interrupted. */
export async function runDemo(options: DemoOptions): Promise<boolean | undefined> {
  const { client, screen, signal } = options;
  const say = (line: string): void => screen.say(line);
  const run = await startExample(client, await readExample(options.provider.example));
  const { provider, reference } = run.request;
  introduce(run, options);
  const result = await showLive(client, provider, reference, {
    stdout: process.stdout,
    signal,
    notices: screen.notices,
  });
  if (!result) return undefined;
  const proofs = result.accountId ? await readProofs(run, result.accountId, options) : [];
  say(`\n${resultTable(await client.progress(provider, reference), result)}`);
  if (proofs.length > 0) say(`\n${proofTable(proofs)}`);
  const completed = result.outcome === 'completed' && isProven(proofs);
  say(`\nOutcome: ${result.outcome}${completed ? ', and the ledger of the sandbox proves each step' : ''}.`);
  return completed;
}

function introduce({ request, workflowId, runId, resumed }: ExampleRun, options: DemoOptions): void {
  const { screen, ui, gateway, namespace, sandbox, byHand } = options;
  const say = (line: string): void => screen.say(line);
  const links = ui ? uiLinks(ui, namespace, { workflowId, runId }) : undefined;
  say(`\n${resumed ? 'Going on with' : 'Onboarding'} ${request.reference} at ${request.provider}.`);
  if (links) say(`  Time line:  ${links.timeline}\n  Checklist:  ${links.checklist}`);
  say(`  Customer:   ${sandbox}/_sandbox/`);
  say(`  Over HTTP:  curl ${gateway}/v1/onboardings/${request.provider}/${request.reference}/progress`);
  say(
    byHand
      ? 'You are the customer: open the page above, confirm the mail, do the eID, accept the invitations.\n'
      : 'The sandbox plays the customer, some seconds after each mail.\n',
  );
}

function resultTable({ steps, wait, attention }: Progress, { members }: OnboardingResult): string {
  const view = { ...(wait && { wait }), ...(attention && { attention }) };
  const rows = steps.map((step) => [titleOf(step.name), stepWords(step, view), timeOfDay(step.endedAt)]);
  return table(
    ['STEP', 'STATUS', 'AT (UTC)'],
    [...rows, ...members.map((each) => [`Member ${each.reference}`, each.status, ''])],
  );
}

function timeOfDay(instant: string | undefined): string {
  return instant?.slice(11, 19) ?? '';
}

async function readProofs({ request }: ExampleRun, accountId: string, options: DemoOptions): Promise<Proof[]> {
  const answer = await fetch(`${options.sandbox}/_sandbox/ledger`, { signal: AbortSignal.timeout(5000) });
  return prove(options.provider.effects(request), accountId, LEDGER.parse(await answer.json()).entries);
}

function proofTable(proofs: Proof[]): string {
  const rows = proofs.map(({ effect, wanted, found }) => [
    effect,
    `${found} of ${wanted}`,
    found === wanted ? 'yes' : 'NO',
  ]);
  return table(['EFFECT AT THE PROVIDER', 'HAPPENED', 'AS ASKED'], rows);
}

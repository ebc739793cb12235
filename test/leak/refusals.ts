import { inspect } from 'node:util';
import { OnboardingError } from '../../client/index.ts';
import { changeRunId } from '../../contract/ids.ts';
import type { Customer } from './management.ts';
import { text } from './sources.ts';
import type { Stage } from './stage.ts';

/** A call that must be refused; its error is kept as a backend would log it. */
export async function refused({ heard }: Stage, name: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof OnboardingError)) throw error;
    heard.push(text(`library: error of ${name}`, inspect(error, { depth: 10 })));
    return;
  }
  throw new Error(`${name} was accepted`);
}

/** While a change of the account needs a decision: what the run, or the look before it, refuses, with personal data wherever there is room. */
export async function refuseChanges(stage: Stage, customer: Customer, changeId: string): Promise<void> {
  const { house, canaries } = stage;
  const { provider, reference } = customer;
  const { changes, offboardings, operator } = house.client;
  const said = canaries.plant('refused change: misplaced argument', 'Kanarie-Felplacerad');
  const { email } = canaries.person('refused-change');
  const other = { kind: 'change-email', email } as const;
  const run = { type: 'change', provider, reference } as const;
  const verdict = { action: 'retry', by: said, reason: said } as const;
  const calls: Record<string, () => Promise<unknown>> = {
    'another change under the same id': () => changes.request({ ...customer, changeId, change: other }),
    'a change of a busy account': () =>
      changes.request({ ...customer, changeId: 'busy', change: other, ifBusy: 'refuse' }),
    'a change of nothing known': () =>
      changes.request({ ...customer, changeId: said, change: { ...other, [said]: email } }),
    'a code nobody asked for': () => changes.confirmEmail(provider, reference, { code: said }),
    'an unknown change': () => changes.find(provider, reference, said),
    'a decision about no step': () => operator.resolve(run, { step: said, ...verdict }),
    'a decision with a novel': () =>
      operator.resolve(run, { step: 'applyChange', ...verdict, reason: said.repeat(50) }),
    'a decision of a multitude': () => operator.resolve(run, { step: 'applyChange', ...verdict, by: said.repeat(50) }),
    'an offboarding during a change': () => offboardings.start({ ...customer, accountId: said }),
    'an offboarding for ever': () => offboardings.start({ ...customer, keepFor: said }),
    'a filter that names somebody': async () => {
      for await (const one of operator.hanging({ step: email, code: said })) throw new Error(one.run.workflowId);
    },
  };
  for (const [name, call] of Object.entries(calls)) await refused(stage, name, call);
  await queries(stage, changeRunId(provider, reference), ['changeProgress', 'decisions']);
}

/** What a run answers to anybody who asks Temporal without a key; its summary and details among it. */
export async function queries({ house, heard }: Stage, workflowId: string, types: string[]): Promise<void> {
  for (const queryType of ['__temporal_workflow_metadata', '__stack_trace', ...types]) {
    const query = { namespace: 'default', execution: { workflowId }, query: { queryType } };
    const answer = await house.connection.workflowService.queryWorkflow(query);
    heard.push(text(`query ${queryType} of ${workflowId}`, JSON.stringify(answer)));
  }
}

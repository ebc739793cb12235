import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { resolve } from '../../contract/messages.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { openSuite, type Onboarding, type Suite } from '../workflows/suite.ts';
import { Canaries } from './canaries.ts';
import { needlesOf } from './needles.ts';
import { searchFor } from './search.ts';
import { text } from './sources.ts';

// A sample of what `leak.sweep.ts` drives whole: what the server keeps of three runs, as a client without keys is shown it.

const canaries = new Canaries();
let suite: Suite;
beforeAll(async () => (suite = await openSuite({}, { clock: 'real' })));
afterAll(() => suite.close());

const asked = (path: string): Partial<OnboardingRequest> => ({
  kind: 'family',
  person: { ...canaries.person(path), ssn: canaries.ssn(path) },
  members: [{ reference: 'partner', person: canaries.person(`${path}.partner`) }],
  ssnMonitoring: true,
  watchlists: canaries.watchlists(path),
});

/** History and description of the run and of its member's, with payloads as they are stored. */
async function stored({ handle, member }: Onboarding): Promise<string> {
  const texts = await Promise.all(
    [handle, member('partner')].map(async (run) => {
      const history = await run.fetchHistory().catch(() => undefined);
      return history ? [historyToJSON(history), JSON.stringify((await run.describe()).raw)] : [];
    }),
  );
  return texts.flat().join('\n');
}

const PATHS: Record<string, (run: Onboarding) => Promise<unknown>> = {
  completed: (run) => run.result(),
  rejected: (run) => run.result(),
  aborted: async (run) => {
    await run.until(({ attention }) => attention?.step === 'createAccount');
    const reason = canaries.reason('aborted', canaries.person('operator'));
    await run.handle.executeUpdate(resolve, { args: [{ step: 'createAccount', action: 'abort', reason, by: 'op-1' }] });
    return run.result();
  },
};

test.each(Object.keys(PATHS))(
  'nothing personal of a run that is %s is stored in clear, and the search is not blind',
  async (path) => {
    const { provider } = suite;
    Object.assign(provider, { verified: true });
    provider.accepted.add('partner');
    if (path === 'rejected') provider.fail('checkUniqueness', permanent('EmailTaken'));
    if (path === 'aborted') provider.fail('createAccount', permanent('Invalid'));
    const run = await suite.start(asked(path));
    await PATHS[path]!(run);
    const bytes = await stored(run);
    expect(bytes).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_STARTED');
    expect(searchFor(canaries.all)(text(path, bytes))).toEqual([]);
    const planted = bytes + needlesOf(canaries.all.at(-1)!)[0]!.bytes.toString();
    expect(searchFor(canaries.all)(text(path, planted))).not.toEqual([]);
  },
);

import { randomUUID } from 'node:crypto';
import type { temporal } from '@temporalio/proto';
import type { ReplayWorkerOptions, WorkflowBundleOption } from '@temporalio/worker';
import pMap from 'p-map';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { withSearchableAccount } from '../../worker/searchable-account.ts';
import { onboardingId } from '../../contract/ids.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { PROVIDER, STAGE } from '../../contract/search-attributes.ts';
import { startSummary } from '../../contract/start.ts';
import { createTemporal } from '../setup/temporal.ts';
import { scriptedProvider } from '../workflows/scripted-provider.ts';

const keyRing = parseKeyRing(makeKey(), 'bench');

export interface SideOptions {
  name: string;
  address: string;
  workflowBundle: WorkflowBundleOption;
  /** The workflow. */
  type: string;
  /** Whether a start says what it is about, as client/start.ts does. */
  shown: boolean;
}

/** One workflow with workers of its own and activities that answer from memory: all that differs between two sides is the workflow. */
export interface Side {
  name: string;
  /** Onboards a customer. Ends with the run, and answers its id. */
  onboard: () => Promise<string>;
  /** Onboards so many, so many at a time. Runs per second, from the first start to the last result. */
  throughput: (runs: number, concurrency: number) => Promise<number>;
  historyOf: (workflowId: string) => Promise<temporal.api.history.v1.IHistoryEvent[]>;
  /** For a replay of what it has run. */
  replay: ReplayWorkerOptions;
  close: () => Promise<void>;
}

export async function openSide({ name, address, workflowBundle, type, shown }: SideOptions): Promise<Side> {
  const provider = scriptedProvider();
  provider.verified = true;
  const dataConverter = createDataConverter(keyRing);
  const opened = await createTemporal({
    address,
    workflowBundle,
    clock: 'real',
    dataConverter,
    activities: { defentry: withSearchableAccount('defentry', provider.activities, keyRing) },
    // As the product's worker sets them.
    worker: { maxEagerActivityReservationsPerWorkflowTask: 0, maxCachedWorkflows: 1000 },
  });
  const { client, taskQueue } = opened;
  const onboard = async (): Promise<string> => {
    const request = customer(`c-${randomUUID()}`);
    const workflowId = onboardingId(request.provider, request.reference);
    await client.workflow.execute(type, { workflowId, taskQueue, args: [request], ...(shown && about(request)) });
    return workflowId;
  };
  return {
    name,
    onboard,
    throughput: async (runs, concurrency) => {
      const begun = performance.now();
      await pMap(Array.from({ length: runs }), onboard, { concurrency });
      return (runs * 1000) / (performance.now() - begun);
    },
    replay: { workflowBundle, dataConverter },
    historyOf: async (workflowId) => (await client.workflow.getHandle(workflowId).fetchHistory()).events!,
    close: () => opened.close(),
  };
}

/** As in the recorded history `completed-with-ssn`. */
function customer(reference: string): OnboardingRequest {
  return {
    provider: 'defentry',
    reference,
    kind: 'single',
    person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' },
    ssnMonitoring: true,
    watchlists: [{ kind: 'email', value: 'ada@example.com' }],
  };
}

function about(request: OnboardingRequest) {
  return {
    staticSummary: startSummary(request),
    typedSearchAttributes: [
      { key: PROVIDER, value: request.provider },
      { key: STAGE, value: 'checkRequest' },
    ],
  };
}

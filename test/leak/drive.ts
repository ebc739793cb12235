import { createDataConverter } from '../../encryption/data-converter.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { askGateway, type Asked } from './gateway-calls.ts';
import type { Canaries } from './canaries.ts';
import { Customers } from './customers.ts';
import type { House } from './house.ts';
import { compiled } from '../setup/compiled.ts';
import { killedWorker } from './killed.ts';
import { runLeaky } from './leaky.ts';
import { misuse } from './misuse.ts';
import { Onboard } from './onboard.ts';
import { PATHS } from './paths.ts';
import { sitesOf } from './providers.ts';
import { Recorder } from './recorder.ts';
import { replayAll, type Replayed } from './replay.ts';
import { single } from './requests.ts';
import type { Source } from './search.ts';
import { page, temporalSources, text } from './sources.ts';
import type { Stage } from './stage.ts';

/** What was done, so that a test can tell whether it was done at all. */
export interface Driven {
  /** How each path ended. */
  ends: Record<string, string>;
  /** Exit codes of wrong uses of the command line. */
  misused: Map<string, number>;
  asked: Asked;
  replayed: Replayed;
}

/** A path that hangs must not hide how the others end. */
const PATIENCE = 180_000;

/** Sends everything through the product, and adds to `sources` what can be read while it runs. */
export async function drive(house: House, canaries: Canaries, sources: Source[]): Promise<Driven> {
  const customers = new Customers(house.providers.defentry.sandbox);
  const recorder = new Recorder(house.connection);
  const onboard = new Onboard(compiled('cli/main.js'), house.env);
  const customer = single(canaries, 'killed', { ssnMonitoring: true, watchlists: canaries.watchlists('killed') });
  const stage: Stage = { house, canaries, customers, onboard, customer, heard: [] };
  try {
    sources.push(await house.workerMetrics());
    // Alone, because the others must not lose their worker.
    const killed = await inTime(killedWorker(stage));
    const drives = Object.entries(PATHS).map(async ([path, { drive }]) => [path, await inTime(drive(stage))] as const);
    const [misused, leaked, ...ends] = await Promise.all([misuse(onboard, canaries), leak(house, canaries), ...drives]);
    const asked = await askGateway(stage, 'corrected-business');
    const replayed = await replayAll(house);
    for (const [provider, { vendor }] of sitesOf(house.providers)) {
      for (const secret of vendor.secrets) canaries.plant(`secret of ${provider}`, secret);
    }
    sources.push(
      leaked,
      ...(await recorder.stop()),
      ...stage.heard,
      ...onboard.printed,
      await house.workerMetrics(),
      await page('metrics of the server', house.temporal.metrics),
      ...(await temporalSources(house.connection)),
      // Without the kind of a thing, which of a subscription is the name of its package.
      ...sitesOf(house.providers).map(([provider, { sandbox }]) =>
        text(`ledger of ${provider}`, JSON.stringify(sandbox.ledger.entries(), withoutKind)),
      ),
    );
    return { ends: { killed, ...Object.fromEntries(ends) }, misused, asked, replayed };
  } finally {
    customers.stop();
    await recorder.stop();
  }
}

function withoutKind(key: string, value: unknown): unknown {
  return key === 'kind' ? undefined : value;
}

function inTime(end: Promise<string>): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE, 'late').unref());
  return Promise.race([end.catch((error: unknown) => `threw ${String(error)}`), late]);
}

/** An activity that tells all it knows, under the product's own converter and log. */
async function leak({ env, connection, temporal }: House, canaries: Canaries): Promise<Source> {
  const dataConverter = createDataConverter(parseKeyRing(env['ONBOARDING_KEYS']!, 'test'));
  const workflowBundle = { codePath: process.env.TEST_WORKFLOW_BUNDLE! };
  const options = { address: temporal.address, connection, dataConverter, workflowBundle };
  return runLeaky(options, single(canaries, 'leaky'));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { freePorts } from '../../tools/process/ports.ts';
import { startService } from '../../tools/process/service.ts';
import { devServer } from '../../tools/temporal/dev-server.ts';
import { findTemporal } from '../../tools/temporal/find.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { failureConverterPath } from '../../encryption/data-converter.ts';
import { ONBOARD_CUSTOMER } from '../../contract/messages.ts';
import { footprint, measured, type Footprint, type Measured } from './measure.ts';
import { openSide, type Side } from './side.ts';

// `npm run bench -- [--rounds N] [--runs N] [--json]`: the product's workflow beside bare ones that make the same calls.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    runs: { type: 'string', default: '150' },
    json: { type: 'boolean', default: false },
  },
});
const [rounds, runs, concurrency] = [Number(values.rounds), Number(values.runs), 20];
if (![rounds, runs].every((each) => Number.isInteger(each) && each > 0)) {
  throw new Error('--rounds and --runs take a whole number above 0.');
}
const say = (line: string): void => void (values.json || process.stdout.write(`${line}\n`));

async function openSides(address: string): Promise<Side[]> {
  const logger = new DefaultLogger('ERROR');
  const ours = { workflowBundle: await bundleWorkflows(logger), type: ONBOARD_CUSTOMER, shown: true };
  const workflowsPath = path.resolve('test/bench/bare.ts');
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, failureConverterPath, logger });
  return Promise.all([
    openSide({ name: 'ours', address, ...ours }),
    openSide({ name: 'bare', address, workflowBundle, type: 'bare', shown: false }),
    openSide({ name: 'searchable', address, workflowBundle, type: 'searchable', shown: true }),
  ]);
}

async function compare(sides: readonly Side[], server: number): Promise<void> {
  const left: Footprint[] = [];
  // One after the other: what each makes is counted.
  for (const side of sides) left.push(await footprint(side));
  const machine = { cores: availableParallelism(), cpu: cpus()[0]!.model, node: process.version, load: loadavg()[0]! };
  say(`${machine.cores} cores, ${machine.cpu}, load ${machine.load.toFixed(1)}, Node ${machine.node}`);
  say(`${runs} runs of each side a round, ${concurrency} at a time`);
  for (const side of sides) await side.throughput(runs, concurrency); // code compiled, caches filled
  const all: Record<string, Measured>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const found: Record<string, Measured> = {};
    // In turn forwards and backwards, so that what else happens on the machine meets all of them.
    for (const side of round % 2 ? sides : sides.toReversed()) {
      found[side.name] = await measured(side, { runs, concurrency, server });
    }
    all.push(found);
    say(`round ${round}: ${sides.map(({ name }) => `${name} ${found[name]!.perSecond.toFixed(1)}`).join(', ')} runs/s`);
  }
  const summary = sides.map(({ name }, index) => ({
    name,
    ratio: median(all.map((found) => found['ours']!.perSecond / found[name]!.perSecond)),
    ownMs: mean(all.map((found) => found[name]!.ownMs)),
    serverMs: mean(all.map((found) => found[name]!.serverMs)),
    ...left[index]!,
  }));
  for (const { name, ratio, ownMs, serverMs, events, workflowTasks, upserts, promises } of summary) {
    say(name === 'ours' ? `${name}:` : `${name}: ours makes ${ratio.toFixed(2)} of its runs`);
    say(`  processor time per run: ${ownMs.toFixed(1)} ms here, ${serverMs.toFixed(1)} ms in the server`);
    say(
      `  ${events} events, ${workflowTasks} workflow tasks, ${upserts} upserts of search attributes, ${promises} promises`,
    );
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, runs, concurrency, summary, rounds: all })}\n`);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

const finding = await findTemporal(process.env);
if (!('executable' in finding)) throw new Error('No Temporal server to measure on: run npm test once, it gets one.');
const folder = await mkdtemp(path.join(tmpdir(), 'onboarding-bench-'));
const [port, httpPort] = (await freePorts(2)) as [number, number];
const log = path.join(folder, 'temporal.log');
const server = await startService(devServer({ executable: finding.executable, log, port, httpPort }));
try {
  const sides = await openSides(`127.0.0.1:${port}`);
  await compare(sides, server.group);
  await Promise.all(sides.map((side) => side.close()));
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

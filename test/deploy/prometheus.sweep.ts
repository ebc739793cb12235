import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@temporalio/client';
import { parse, stringify } from 'yaml';
import { ONBOARD_CUSTOMER } from '../../contract/messages.ts';
import { withBoundMessages } from '../../client/temporal/bound-messages.ts';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { freePorts } from '../../tools/process/ports.ts';
import { openDeployment, type Deployment } from '../end-to-end/deployment.ts';
import { familyRequest, singleRequest } from '../end-to-end/requests.ts';
import { compiled } from '../setup/compiled.ts';
import { connectTo } from '../setup/connection.ts';
import { eventually } from '../setup/eventually.ts';
import { debianPackage } from './debian.ts';

const debian = debianPackage('prometheus');
if (typeof debian !== 'string') process.stderr.write(`Prometheus is not tried: ${debian.missing}.\n`);
const program = (name: string) => path.join(debian as string, 'usr/bin', name);

describe.skipIf(typeof debian !== 'string')('Prometheus itself', () => {
  test('takes the rules, which hold their own tests', () => {
    const options = { cwd: 'deploy/prometheus', encoding: 'utf8', stdio: 'pipe' } as const;
    expect(execFileSync(program('promtool'), ['check', 'rules', 'alerts.yaml'], options)).toContain('SUCCESS');
    expect(execFileSync(program('promtool'), ['test', 'rules', 'alerts.test.yaml'], options)).toContain('SUCCESS');
  });

  describe('scraping a real worker and a real gateway', () => {
    let deployment: Deployment;
    const started: ChildProcess[] = [];
    let prometheus: string;
    let gateway: string;
    beforeAll(async () => {
      const [metrics, port, own] = await freePorts(3);
      deployment = await openDeployment({
        playAfterMs: 0,
        env: { ONBOARDING_METRICS_ADDRESS: `127.0.0.1:${metrics}` },
      });
      gateway = `http://127.0.0.1:${port}`;
      start(process.execPath, [compiled('gateway/main.js')], {
        TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS!,
        ONBOARDING_KEYS: deployment.keys,
        ONBOARDING_TASK_QUEUE: deployment.taskQueue,
        GATEWAY_PORT: `${port}`,
        WEBHOOK_GENERIC_SIGNING_SECRETS: 'x'.repeat(32),
      });
      const folder = mkdtempSync(path.join(process.env.TEST_RUN_FOLDER!, 'prometheus-'));
      const targets = [`127.0.0.1:${metrics}`, `127.0.0.1:${port}`];
      const jobs = [{ job_name: 'onboarding', scrape_interval: '1s', static_configs: [{ targets }] }];
      const rules = [path.resolve('deploy/prometheus/alerts.yaml')];
      writeFileSync(path.join(folder, 'prometheus.yml'), stringify({ scrape_configs: jobs, rule_files: rules }));
      prometheus = `http://127.0.0.1:${own}`;
      const flags = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
      start(program('prometheus'), [...flags, `--web.listen-address=127.0.0.1:${own}`, '--log.level=error'], {});
    });
    afterAll(async () => {
      for (const child of started.splice(0)) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await deployment.close();
    });

    function start(command: string, args: string[], env: Record<string, string>): void {
      started.push(spawn(command, args, { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' }));
    }

    test('has data for every metric that a dashboard or a rule asks for', async () => {
      const { onboardings } = deployment;
      const done = await onboardings.start(singleRequest());
      // The provider refuses the plan, so a person is called.
      await onboardings.start(familyRequest({ planId: '2', members: [] }));
      await failingTask(deployment);
      await onboardings.result(done.provider, done.reference);
      const missing = await eventually(
        'every metric',
        async () => {
          await fetch(`${gateway}/webhooks/generic`, { method: 'POST', body: '{}' }).catch(() => undefined);
          const found = await Promise.all([...metricsAsked()].map(async (name) => ((await has(name)) ? [] : [name])));
          return found.flat().length === 0 && 'none';
        },
        120_000,
      );
      expect(missing).toBe('none');
    });

    async function has(metric: string): Promise<boolean> {
      const answer = await fetch(`${prometheus}/api/v1/series?match[]=${metric}`).catch(() => undefined);
      const { data } = ((await answer?.json()) as { data?: unknown[] }) ?? {};
      return (data?.length ?? 0) > 0;
    }
  });
});

/** Sealed with a key that the worker does not have: its first task fails. */
async function failingTask({ taskQueue }: Deployment): Promise<void> {
  const connection = await connectTo(process.env.TEST_TEMPORAL_ADDRESS!);
  const client = withBoundMessages(
    new Client({ connection, dataConverter: createDataConverter(parseKeyRing(makeKey(), 'test')) }),
  );
  const workflowId = `onboarding.defentry.${taskQueue}`;
  await client.workflow.start(ONBOARD_CUSTOMER, { workflowId, taskQueue, args: [singleRequest()] });
  await connection.close();
}

/** A metric stands before its labels, a range, or the end of what it is asked in. */
function metricsAsked(): Set<string> {
  const { groups } = parse(readFileSync('deploy/prometheus/alerts.yaml', 'utf8')) as { groups: { rules: Asked[] }[] };
  const panels = readdirSync('deploy/grafana').flatMap((file) => {
    const dashboard = JSON.parse(readFileSync(`deploy/grafana/${file}`, 'utf8')) as { panels: { targets: Asked[] }[] };
    return dashboard.panels.flatMap(({ targets }) => targets);
  });
  const asked = [...groups.flatMap(({ rules }) => rules), ...panels].map(({ expr }) => expr);
  return new Set(asked.flatMap((expr) => expr.match(/\b(?:onboarding|gateway|temporal)_[a-z_]+/g) ?? []));
}

interface Asked {
  expr: string;
}

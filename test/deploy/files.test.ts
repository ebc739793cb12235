import { existsSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { anchorsOf, checkedOut } from '../docs/pages.ts';
import { knownVariables, variablesIn } from '../docs/rules.ts';
import { compiled } from '../setup/compiled.ts';

const FILES = checkedOut('deploy/*', '.dockerignore');
const textOf = (file: string) => readFileSync(file, 'utf8');
const OPERATIONS = textOf('docs/operations.md');

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const rules = parse(textOf('deploy/prometheus/alerts.yaml')).groups[0].rules as {
  alert: string;
  expr: string;
  annotations: { runbook: string };
}[];
const dashboards = FILES.filter((file) => file.startsWith('deploy/grafana/')).map((file) => ({
  file,
  panels: (JSON.parse(textOf(file)) as Dashboard).panels,
}));

test.each(FILES.filter((file) => file.endsWith('.yaml')))('%s is YAML without a repeated key', (file) => {
  expect(parseAllDocuments(textOf(file)).flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
});

test.each(FILES)('every setting that %s names is one that a program reads', (file) => {
  // These are of Temporal's own images.
  const ofTemporal = ['TEMPORAL_CODEC_ENDPOINT'];
  expect(variablesIn(textOf(file)).filter((name) => !knownVariables.has(name) && !ofTemporal.includes(name))).toEqual(
    [],
  );
});

test.each(FILES)('every program that %s starts is built', (file) => {
  for (const [, program] of textOf(file).matchAll(/dist\/([\w/]+\.js)/g)) {
    expect([program, existsSync(compiled(program!))]).toEqual([program, true]);
  }
});

test('the image has what the build copies', () => {
  const taken = textOf('.dockerignore').match(/(?<=^!).*/gm)!;
  expect(taken.filter((name) => !existsSync(name))).toEqual([]);
});

test('each alarm has its heading in the docs, and no heading is without one', () => {
  const alarms = rules.map(({ annotations }) => annotations.runbook);
  expect(alarms).toEqual(rules.map(({ alert }) => `docs/alarms.md#${alert.toLowerCase()}`));
  expect(rules.map(({ alert }) => alert.toLowerCase()).toSorted()).toEqual(
    [...anchorsOf({ file: 'docs/alarms.md', text: textOf('docs/alarms.md') })]
      .filter((anchor) => anchor !== 'alarms')
      .toSorted(),
  );
});

test('alarms and dashboards ask for metrics of ours that are documented, and all of these are looked at', () => {
  const asked = [...rules.map(({ expr }) => expr), ...dashboards.flatMap(({ panels }) => panels.flatMap(exprsOf))];
  const ours = new Set(asked.flatMap((expr) => expr.match(/\b(?:onboarding|gateway)_[a-z_]+/g) ?? []).map(baseOf));
  const documented = new Set(OPERATIONS.match(/(?<=`)(?:onboarding|gateway)_[a-z_]+(?=`)/g)!.map(baseOf));
  expect([...ours].toSorted()).toEqual([...documented].toSorted());
});

function exprsOf({ targets }: Dashboard['panels'][number]): string[] {
  return targets.map(({ expr }) => expr);
}

function baseOf(metric: string): string {
  return metric.replace(/_(?:bucket|count|sum)$/, '');
}

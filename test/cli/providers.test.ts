import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import { onboardOffline } from './suite.ts';

test('prints what each provider says of itself in the code', async () => {
  const { stdout } = await onboardOffline(['providers', '--json']);
  const printed = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { provider: string });
  expect(printed).toEqual(
    Object.entries(PROVIDER_CAPABILITIES).map(([provider, capabilities]) => ({ provider, ...capabilities })),
  );
});

test('as a table: a column for each provider, a row for each capability', async () => {
  const { stdout } = await onboardOffline(['providers']);
  const [head, ...rows] = stdout.trim().split('\n');
  expect(head).toMatch(/^CAPABILITY\s+defentry/);
  expect(rows.find((row) => row.startsWith('ssnMonitoring'))).toMatch(/^ssnMonitoring\s+yes/);
  expect(rows).toHaveLength(Object.keys(PROVIDER_CAPABILITIES.defentry).length);
});

test('what a provider can be asked for, by the command that reads it', async () => {
  const { reads } = PROVIDER_CAPABILITIES['tulo-payway'];
  const { stdout } = await onboardOffline(['read', 'tulo-payway/c-1', '--list']);
  expect(stdout.trim().split('\n')).toEqual(reads);
  const printed = await onboardOffline(['read', 'c-1', '--provider', 'tulo-payway', '--list', '--json']);
  expect(JSON.parse(printed.stdout)).toEqual({ provider: 'tulo-payway', reads });
});

import { readFileSync } from 'node:fs';
import { misspeltSettings } from '../../contract/misspelt.ts';
import { ALL_SETTINGS, SETTINGS } from '../../contract/settings.ts';
import { misspelt as misspeltInSandbox } from '../../sandbox/config.ts';

/** `DEFENTRY_…` is on the provider's own page. */
const PAGES = {
  all: 'docs/configuration.md',
  worker: 'docs/configuration.md',
  defentry: 'activities/defentry/README.md',
  'tulo-payway': 'activities/tulo-payway/README.md',
  facilioo: 'activities/facilioo/README.md',
  gateway: 'docs/configuration.md',
  command: 'docs/configuration.md',
  sandbox: 'docs/configuration.md',
  start: 'docs/configuration.md',
} satisfies Record<keyof typeof SETTINGS, string>;

/** Pages write these with `…` or `<PROVIDER>`. */
const IN_SHORT = /^TEMPORAL_TLS|_ACTIVITIES_PER_SECOND$/;

test.each(Object.entries(PAGES))('each setting of %s is on its page', (group, page) => {
  const text = readFileSync(page, 'utf8');
  const names = Object.keys(SETTINGS[group as keyof typeof SETTINGS]).filter((name) => !IN_SHORT.test(name));
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

/** Whose default the page tells in words, or leaves to Temporal. */
const IN_WORDS = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'GATEWAY_HOST', 'GATEWAY_PORT'];

test('the default of a setting is the one that its page names', () => {
  const lines = readFileSync('docs/configuration.md', 'utf8').split('\n');
  for (const [name, { default: byDefault }] of Object.entries(ALL_SETTINGS)) {
    if (byDefault === undefined || IN_WORDS.includes(name)) continue;
    const row = lines.find((line) => line.startsWith(`| \`${name}\``));
    expect(row).toMatch(new RegExp(`\\| \`?${byDefault}\`? +\\|$`));
  }
});

describe('a variable that is nearly a setting', () => {
  test.each([
    ['ONBOARDING_TASK_QEUE', 'ONBOARDING_TASK_QUEUE'],
    ['ONBORDING_KEYS', 'ONBOARDING_KEYS'],
    ['GATEWAY_TOKEN', 'GATEWAY_TOKENS'],
    ['DEFENTRY_USER_NAME', 'DEFENTRY_USERNAME'],
    ['TEMPORAL_ADRESS', 'TEMPORAL_ADDRESS'],
  ])('%s is told, without its value', (name, meant) => {
    expect(misspeltSettings({ [name]: 'CANARY' })).toEqual([
      `${name} is set, and no setting has that name: did you mean ${meant}?`,
    ]);
  });

  test('of the sandbox is told by the sandbox, which knows the same names', () => {
    const names = Object.keys(SETTINGS.sandbox);
    for (const name of names) {
      const wrong = { [`${name}S`]: '' };
      expect(misspeltInSandbox(wrong)).toEqual(misspeltSettings(wrong));
      expect(misspeltInSandbox(wrong)).toHaveLength(1);
    }
    expect(misspeltInSandbox(Object.fromEntries(names.map((name) => [name, '']))).length).toBe(0);
  });
});

test.each([...Object.keys(ALL_SETTINGS), 'PATH', 'ONBOARDING_SERVICE_HOST', 'GATEWAY_PORT_8234_TCP_ADDR', 'NODE_ENV'])(
  '%s is not told',
  (name) => {
    expect(misspeltSettings({ [name]: '1' })).toEqual([]);
  },
);

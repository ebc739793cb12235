import { readFileSync } from 'node:fs';
import { createClient as defentryClient } from '../../activities/defentry/client.ts';
import { createDefentry } from '../../activities/defentry/provider.ts';
import { createClient as faciliooClient } from '../../activities/facilioo/client.ts';
import { createFacilioo } from '../../activities/facilioo/provider.ts';
import { PROVIDER_ENTRIES } from '../../activities/providers.ts';
import { createClient as paywayClient } from '../../activities/tulo-payway/client.ts';
import { createTuloPayway } from '../../activities/tulo-payway/provider.ts';
import { OnboardingClient } from '../../client/index.ts';
import { onboardOffline } from '../cli/suite.ts';
import { configFor as defentryConfig } from './defentry/settings.ts';
import { configFor as faciliooConfig } from './facilioo/settings.ts';
import { configFor as paywayConfig } from './tulo-payway/settings.ts';
import { modulesOf, reachedFrom } from './reach.ts';
import { clientRoutes, documentedRoutes, named, sourcesIn, tableUnder } from './routes.ts';
import type { ClientRoute } from './routes.ts';

const DOCUMENT = 'docs/account-management.md';
const document = readFileSync(DOCUMENT, 'utf8');
const URL = 'https://api.example.com';

const HEADINGS = { defentry: 'Defentry', 'tulo-payway': 'Tulo Payway', facilioo: 'facilioo' };
const OPENED: Record<keyof typeof PROVIDER_ENTRIES, { client: object; provider: { activities: object } }> = {
  defentry: { client: defentryClient(defentryConfig(URL)), provider: createDefentry(defentryConfig(URL)) },
  'tulo-payway': { client: paywayClient(paywayConfig(URL)), provider: createTuloPayway(paywayConfig(URL)) },
  facilioo: { client: faciliooClient(faciliooConfig(URL)), provider: createFacilioo(faciliooConfig(URL)) },
};

const key = ({ route, method }: ClientRoute) => `${route} by ${method ?? 'none'}`;

/** What stands at a path such as `sso.as(…).profile.get`; of `*`, each. */
function standsAt(holder: unknown, [name, ...rest]: string[]): unknown[] {
  if (name === undefined) return [holder];
  if (typeof holder !== 'object' || holder === null) return [undefined];
  if (name === '*')
    return Object.values(holder)
      .filter((one) => typeof one === 'object')
      .flatMap((one) => standsAt(one, rest));
  const next: unknown = Reflect.get(holder, name.replace('(…)', ''));
  return standsAt(name.endsWith('(…)') && typeof next === 'function' ? next('a@example.com') : next, rest);
}

describe.each(Object.entries(PROVIDER_ENTRIES))('%s', (provider, { capabilities }) => {
  const { client, provider: opened } = OPENED[provider as keyof typeof OPENED];
  const folder = `activities/${provider}`;
  const files = sourcesIn(folder);
  const rows = documentedRoutes(document, HEADINGS[provider as keyof typeof HEADINGS]);
  const own = [...files].filter(([file]) => !file.includes('/resources/'));
  const modules = modulesOf(new Map(own));
  /** Whether a step of this name, or the reading of details, may come to call the method. */
  const leadsTo = (name: string, method: string) =>
    [...modules.keys()].some((file) => new RegExp(`\\b${method}\\b`).test(reachedFrom(modules, file, name)));

  test('every route of the client is in the document, and no other', () => {
    expect(rows.map(key).toSorted()).toEqual(clientRoutes(files).map(key).toSorted());
  });

  test('every method of the client that the document names is there', () => {
    const methods = rows.filter(({ clientMethod }) => clientMethod.includes('.'));
    expect(methods).not.toEqual([]);
    for (const { clientMethod } of methods) {
      const found = standsAt(client, clientMethod.split('.'));
      expect([clientMethod, ...found.map((one) => typeof one)]).toEqual([clientMethod, ...found.map(() => 'function')]);
    }
  });

  test('every activity that is named is hosted, and leads to the method', () => {
    for (const { activities, method, clientMethod } of rows) {
      for (const name of activities.filter((one) => one !== 'checkLogin' && one !== clientMethod)) {
        expect({ name, isHosted: name in opened.activities }).toEqual({ name, isHosted: true });
        // A login is made by whatever call needs its token.
        if (!clientMethod.includes('.') || clientMethod === 'sso.token') continue;
        expect({ name, method, leads: leadsTo(name, method!) }).toEqual({ name, method, leads: true });
      }
    }
  });

  test('onboard read asks for each that is named, and each that it can ask for is named', () => {
    expect([...new Set(rows.flatMap(({ reads }) => reads))].toSorted()).toEqual(capabilities.reads.toSorted());
    for (const { method } of rows.filter(({ reads }) => reads.length > 0)) {
      const used = ['details', 'lookups'].some((name) => leadsTo(name, method!));
      expect({ method, used }).toEqual({ method, used: true });
    }
  });

  test('a route that nothing reaches has a reason, and nothing calls it', () => {
    for (const { route, activities, reads, reason, clientMethod } of rows) {
      if (activities.length + reads.length > 0 || clientMethod === '') continue;
      expect({ route, reason }).toEqual({ route, reason: expect.stringMatching(/^.{15,}$/) as unknown });
      const call = clientMethod.split('.').slice(-2);
      if (call.includes('*')) continue;
      const callers = own.filter(([, source]) => new RegExp(`\\b${call.join('\\.')}\\b`).test(source));
      expect({ route, callers: callers.map(([file]) => file) }).toEqual({ route, callers: [] });
    }
  });
});

describe('workflows', () => {
  const files = sourcesIn('workflows');
  const exported = new Map(
    [...files.get('workflows/index.ts')!.matchAll(/export \{ (\w+) \} from '\.\/([^']+)';/g)].map(([, name, file]) => [
      name!,
      `workflows/${file}`,
    ]),
  );
  const hosted = [...new Set(Object.values(OPENED).flatMap(({ provider }) => Object.keys(provider.activities)))];
  const modules = modulesOf(files);
  const texts = new Map([...exported].map(([name, file]) => [name, reachedFrom(modules, file, name)]));
  const callersOf = (activity: string) =>
    [...texts].flatMap(([name, text]) => (new RegExp(`\\)\\s*\\.${activity}\\(`).test(text) ? [name] : []));

  test('of every activity the document names the workflows that call it, or says why none does', () => {
    const rows = tableUnder(document, 'Activities').map(([activity = '', by = '']): [string, string[]] => [
      named(activity)[0] ?? '',
      /^– .{15,}/.test(by) ? [] : named(by),
    ]);
    const derived = hosted.map((activity) => [activity, callersOf(activity)]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(derived));
  });

  test('of every workflow the document names the commands and the methods of the library that start it', async () => {
    const rows = tableUnder(document, 'Workflows');
    expect(new Set(rows.map(([workflow = '']) => named(workflow)[0]))).toEqual(new Set(exported.keys()));
    const { stdout } = await onboardOffline(['--help']);
    const library = Object.create(OnboardingClient.prototype) as object;
    for (const [, commands = '', methods = ''] of rows) {
      for (const command of named(commands)) expect(stdout).toMatch(new RegExp(`^ {2}${command.split(' ')[1]} `, 'm'));
      for (const method of named(methods).filter((one) => !one.includes('.'))) expect(library).toHaveProperty(method);
    }
  });
});

describe('a wrong document does not pass', () => {
  const files = new Map([
    [
      'p/resources/a.ts',
      "return {\n  get: (id: string) => send(at('GET /a/{id}', { id }), a),\n  drop: () => send(at('DELETE /a'), none),\n};",
    ],
    [
      'p/steps.ts',
      "import { look } from './look.ts';\n  return {\n    async act({ id }) {\n      await look(id);\n    },\n    async rest() {\n      await other();\n    },\n  };",
    ],
    [
      'p/look.ts',
      "import type { drop } from './drop.ts';\nexport function look(id: string) {\n  return accounts.get(id);\n}",
    ],
  ]);
  const list = (...entries: string[]) => `# T\n\n## P\n\n${entries.join('\n')}\n`;
  const got = '- `GET /a/{id}` (1) `a.get`:\n  `act`';
  const dropped = '- `DELETE /a` (1) `a.drop`: – nobody asks for it';
  const keys = (document: string) => documentedRoutes(document, 'P').map(key).toSorted();

  test('with a route too few or too many, or under another method', () => {
    const real = clientRoutes(files).map(key).toSorted();
    expect(keys(list(got, dropped))).toEqual(real);
    expect(keys(list(got))).not.toEqual(real);
    expect(keys(list(got, dropped, '- `POST /a` (1) `a.add`: `act`'))).not.toEqual(real);
    expect(keys(list(got.replace('a.get', 'a.read'), dropped))).not.toEqual(real);
  });

  test('with a route that is no literal in the client', () => {
    const hidden = new Map([['p/a.ts', 'get: () => send(at(ROUTES.get), a)']]);
    expect(() => clientRoutes(hidden)).toThrow('p/a.ts has a route that is no literal');
  });

  test('with an activity that does not lead to the method', () => {
    const modules = modulesOf(files);
    expect(reachedFrom(modules, 'p/steps.ts', 'act')).toContain('accounts.get');
    for (const name of ['rest', 'absent']) {
      expect(reachedFrom(modules, 'p/steps.ts', name)).not.toContain('accounts.get');
    }
  });

  test('with a heading or a list missing', () => {
    expect(() => documentedRoutes(list(got), 'Q')).toThrow('no heading');
    expect(() => documentedRoutes(list(), 'P')).toThrow('no list');
  });
});

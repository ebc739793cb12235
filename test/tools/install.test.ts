import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cachedBinary } from '../../tools/temporal/find.ts';
import { obtainTemporal } from '../../tools/temporal/install.ts';
import { eventually } from '../setup/eventually.ts';
import { isAlive, onlyPrograms, runTypeScript, script, temporaryFolder } from './programs.ts';

const TEMPORAL = '#!/bin/sh\necho "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)"';
/** A name that no resolver knows (RFC 2606). */
const OFFLINE = 'https://download.invalid';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
afterEach(() => remove());

/** A machine without `temporal`, with only the programs that are named, and with its own cache. */
async function machine(): Promise<{ PATH: string; XDG_CACHE_HOME: string }> {
  const programs = await onlyPrograms(path.join(folder, 'bin'), ['sh', 'sleep', 'tar', 'gzip', 'cat', 'chmod']);
  return { PATH: programs, XDG_CACHE_HOME: path.join(folder, 'cache') };
}

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
  return readdirSync(path.join(folder, 'cache', 'durable-onboarding'));
}

test('without a download it is built from source, with progress, once for two at the same time', async () => {
  const env = await machine();
  await fakeGo();
  const seen: string[] = [];
  const obtain = (): Promise<string> =>
    obtainTemporal(env, ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`), OFFLINE);
  const [first, second] = await Promise.all([obtain(), obtain()]);
  expect([first, second]).toEqual([await cachedBinary(env), await cachedBinary(env)]);
  expect(readFileSync(path.join(folder, 'builds'), 'utf8')).toBe('built\n');
  expect(seen).toContainEqual(expect.stringMatching(/packages compiled 1\/3$/));
  expect(seen).toContainEqual(expect.stringMatching(/^waiting for process/));
  expect(cacheContent()).toEqual([path.basename(first)]);
});

test('a build that is killed leaves no half binary and no process, and the next one succeeds', async () => {
  const env = await machine();
  await fakeGo();
  await script(path.join(folder, 'slow'), '');
  const builder = runTypeScript(
    `import { obtainTemporal } from './tools/temporal/install.ts';
     await obtainTemporal(${JSON.stringify(env)}, () => {}, '${OFFLINE}');`,
  );
  const target = await cachedBinary(env);
  await eventually(
    'the draft is there',
    () => existsSync(path.dirname(target)) && cacheContent().some((name) => name.includes('draft')),
  );
  const go = Number(readFileSync(path.join(folder, 'go.pid'), 'utf8'));
  builder.kill('SIGKILL');
  await eventually('go is gone', () => !isAlive(go));
  expect(existsSync(target)).toBe(false);
  rmSync(path.join(folder, 'slow'));
  expect(await obtainTemporal(env, () => undefined, OFFLINE)).toBe(target);
  expect(cacheContent()).toEqual([path.basename(target)]);
});

describe('with the download site in reach', () => {
  let site: Server;
  let origin: string;
  const asked: string[] = [];
  beforeEach(async () => {
    await script(path.join(folder, 'archive', 'temporal'), TEMPORAL.split('\n')[1]!);
    execFileSync('tar', ['-czf', path.join(folder, 'temporal.tar.gz'), '-C', path.join(folder, 'archive'), 'temporal']);
    asked.length = 0;
    site = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/archive.tar.gz') response.end(readFileSync(path.join(folder, 'temporal.tar.gz')));
      else response.end(JSON.stringify({ archiveUrl: `${origin}/archive.tar.gz`, fileToExtract: 'temporal' }));
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    const address = site.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterEach(() => site.close());

  test('it is downloaded and kept in the cache', async () => {
    const env = await machine();
    const found = await obtainTemporal(env, () => undefined, origin);
    expect(found).toBe(await cachedBinary(env));
    expect(asked[0]).toMatch(/^\/cli\/v1\.9\.1\?arch=(amd64|arm64)&platform=(linux|darwin)&format=tar\.gz$/);
    expect(cacheContent()).toEqual([path.basename(found)]);
  });
});

test.each([
  ['no Go', undefined, /build from source: there is no go command: install Go 1\.26\.8 or newer from/],
  ['a Go that is too old', 'go1.22.1', /build from source: Go 1\.22\.1 is too old: install Go 1\.26\.8 or newer from/],
])('offline and with %s there is one error with all that was tried and what to do', async (_, version, sentence) => {
  const env = await machine();
  if (version) await fakeGo(version);
  const failed = await obtainTemporal(env, () => undefined, OFFLINE).catch(String);
  expect(failed).toMatch(sentence);
  expect(failed).toMatch(/Tried:\n {2}- PATH: no temporal command\n {2}- cache: no .*\n {2}- download: getaddrinfo /);
  expect(failed).toMatch(/TEMPORAL_CLI_PATH.*\n.*TEMPORAL_ADDRESS/);
  expect(cacheContent()).toEqual([]);
});

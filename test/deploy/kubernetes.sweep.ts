import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import { unzip } from '../../tools/download/unpack.ts';
import { checkedOut } from '../docs/pages.ts';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

/** Of Kubernetes 1.31, as a package of Python's registry holds them. */
const WHEEL = 'kubernetes-validate==1.37.0';
const FOLDER = 'kubernetes_validate/kubernetes-json-schema/v1.31.0-local';
const MOST_BYTES = 4 * 1024 * 1024;

const archive = fetchWheel();
if (typeof archive !== 'string') process.stderr.write(`Manifests are not checked: ${archive.missing}.\n`);

const manifests = checkedOut('deploy/kubernetes/*.yaml')
  .filter((file) => !file.includes('kustomization') && !file.includes('components'))
  .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((one) => one.toJS() as Manifest));

describe.skipIf(typeof archive !== 'string')('by the schemas of Kubernetes', () => {
  test.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    '%s is right',
    async (_, manifest) => expect(await problemsOf(manifest)).toEqual([]),
  );

  test('a field that does not exist is found', async () => {
    const broken = { ...manifests.find(({ kind }) => kind === 'Service')!, spec: { prots: [] } };
    expect(await problemsOf(broken)).not.toEqual([]);
  });
});

/** The schemas allow unknown fields, which a server would drop without a word: here none is. */
async function problemsOf(manifest: Manifest): Promise<unknown[]> {
  const folder = path.dirname(archive as string);
  const [group = '', version = group] = manifest.apiVersion.split('/');
  const name = [manifest.kind, ...(group === version ? [] : [group.split('.')[0]]), version].join('-').toLowerCase();
  const read = async (file: string): Promise<object> => {
    const target = path.join(folder, file);
    await unzip(archive as string, `${FOLDER}/${file}`, target, MOST_BYTES);
    return JSON.parse(readFileSync(target, 'utf8')) as object;
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(closed(await read('_definitions.json')), '_definitions.json');
  const validate = ajv.compile(closed(await read(`${name}.json`)));
  return validate(manifest) ? [] : (validate.errors ?? []);
}

function closed(schema: object): object {
  const text = JSON.stringify(schema, (_, value: unknown) =>
    isObjectSchema(value) ? { additionalProperties: false, ...value } : value,
  );
  return JSON.parse(text) as object;
}

function isObjectSchema(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'properties' in value && !('additionalProperties' in value);
}

function fetchWheel(): string | { missing: string } {
  const folder = mkdtempSync(path.join(process.env.TEST_RUN_FOLDER!, 'kubernetes-'));
  try {
    const args = ['-m', 'pip', 'download', '--no-deps', '--disable-pip-version-check', '-d', folder, WHEEL];
    execFileSync('python3', args, { stdio: 'ignore', timeout: 120_000 });
  } catch {
    return { missing: `pip gives no ${WHEEL}` };
  }
  return path.join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.whl'))!,
  );
}

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

interface Component {
  name: string;
  version: string;
  purl: string;
  properties: { name: string }[];
  hashes?: { alg: string; content: string }[];
}

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

const DEVELOPMENT = 'cdx:npm:package:development';

// Not `--omit dev`: npm then leaves out also what both production and a tool of development depend on, the SDK among it.
test('npm run sbom prints a CycloneDX document of all packages of the lock, and says which are for development alone', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], { maxBuffer: 64 * 1024 * 1024 });
  const { bomFormat, specVersion, components } = JSON.parse(stdout) as {
    bomFormat: string;
    specVersion: string;
    components: Component[];
  };
  expect({ bomFormat, specVersion }).toEqual({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/) });
  const found = new Map(components.map((component) => [decodeURIComponent(component.purl), component]));
  const isForDevelopment = (name: string, version: string) =>
    found.get(`pkg:npm/${name}@${version}`)?.properties.some((property) => property.name === DEVELOPMENT);
  for (const [name, version] of Object.entries(dependencies)) {
    expect({ name, development: isForDevelopment(name, version) }).toEqual({ name, development: false });
  }
  expect(isForDevelopment('vitest', devDependencies['vitest']!)).toBe(true);
  expect(components.filter(({ hashes = [] }) => hashes.length === 0)).toEqual([]);
});

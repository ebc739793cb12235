// npm run new-provider -- NAME: copies examples/provider, which works, under the new name, and says which lines to add.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const TEMPLATE = 'examples/provider';

process.chdir(fileURLToPath(new URL('../', import.meta.url)));
const [name = ''] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  stop('npm run new-provider -- NAME takes small letters, digits and "-", such as acme-bank.');
const pascal = name.replaceAll(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
/** As a property is written. */
const key = name.includes('-') ? `'${name}'` : name;
const upper = name.toUpperCase().replaceAll('-', '_');

const HOMES = {
  activities: `activities/${name}`,
  sandbox: `sandbox/${name}`,
  test: `test/activities/${name}`,
  'start.ts': `tools/start/providers/${name}.ts`,
  'request.json': `examples/${name}.json`,
};

const taken = Object.values(HOMES).filter((home) => existsSync(home));
if (taken.length > 0) stop(`${taken.join(', ')} exists already; choose another name, or remove it.`);

const files = readdirSync(TEMPLATE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(path.relative('.', entry.parentPath ?? entry.path), entry.name));
for (const file of files) {
  const home = homeOf(file);
  const text = readFileSync(file, 'utf8')
    .replaceAll(/(?<=from ')\.[^']+/g, (link) => moved(link, file, home))
    .replaceAll('skeleton', name)
    .replaceAll('Skeleton', pascal)
    .replaceAll('SKELETON', upper);
  mkdirSync(path.dirname(home), { recursive: true });
  const config = await resolveConfig(home);
  writeFileSync(home, home.endsWith('.md') ? text : await format(text, { ...config, filepath: home }));
}

process.stdout.write(`${files.length} files: ${Object.values(HOMES).join(', ')}.

Now add these lines; "npm run typecheck" and the tests name those that are missing:

contract/request.ts, PROVIDERS:
  '${name}',
activities/providers.ts:
  import { CAPABILITIES as ${upper} } from './${name}/capabilities.ts';
  import { read${pascal}Config } from './${name}/config.ts';
  import { create${pascal} } from './${name}/provider.ts';
  ${key}: { capabilities: ${upper}, open: (env) => create${pascal}(read${pascal}Config(env)) },
sandbox/providers.ts:
  import { create${pascal}Sandbox } from './${name}/index.ts';
  import { optionsSchema as ${pascal}Options } from './${name}/options.ts';
  ${key}: provider(${pascal}Options, (options, vendor) => create${pascal}Sandbox({ ...options, vendor })),
tools/start/providers/index.ts:
  import { ${upper} } from './${name}.ts';
  ${key}: ${upper},
test/activities/contract.test.ts:
  ${key}: { ...(await import('./${name}/cases.ts')), ...(await import('./${name}/readings.ts')) },
.oxlintrc.json, where the other providers are named:
  "activities/${name}/**/*.ts" and "|${name}" before "|runs"

Then: npm start -- --provider ${name}. How to go on: docs/add-a-provider.md.
`);

function homeOf(file) {
  const [top, ...rest] = path.relative(TEMPLATE, file).split(path.sep);
  return path.join(HOMES[top], ...rest);
}

/** The same file, seen from the new place. */
function moved(link, from, to) {
  const target = path.join(path.dirname(from), link);
  const now = path.relative(path.dirname(to), target.startsWith(`${TEMPLATE}/`) ? homeOf(target) : target);
  return now.startsWith('.') ? now : `./${now}`;
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { allPages } from './pages.ts';
import { RULES, SOURCE, variablesIn } from './rules.ts';

const PAGES = allPages();

test('the README is short enough to be read to its end', () => {
  expect(statSync('README.md').size).toBeLessThanOrEqual(10_000);
});

test('its backend is a program that compiles', () => {
  const program = readFileSync('examples/first-backend.ts', 'utf8').replace('../client/index.ts', 'durable-onboarding');
  expect(readFileSync('README.md', 'utf8')).toContain(`\`\`\`ts\n${program}\`\`\``);
});

describe.each(RULES)('$name', ({ broken, example }) => {
  test.each(PAGES)('$file', async (page) => {
    expect(await broken(page)).toEqual([]);
  });

  test('a page that breaks this is found', async () => {
    expect(await broken({ file: 'page.md', text: example })).not.toEqual([]);
  });
});

/** The page that has a setting: a provider's own, and the sandbox's, beside them. */
const homeOf = (file: string) =>
  /^(?:activities\/\w|sandbox\/)/.test(file) ? path.join(path.dirname(file), 'README.md') : 'docs/configuration.md';

const CONFIGURATION = [...SOURCE].filter(([file]) => /\/(?:config[\w-]*|key-source)\.ts$/.test(file));

test.each(CONFIGURATION)('every variable of %s is on its page', (file, source) => {
  const page = PAGES.find((each) => each.file === homeOf(file));
  expect(variablesIn(page?.text ?? '')).toEqual(expect.arrayContaining(variablesIn(source)));
});

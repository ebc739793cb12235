import { existsSync, readFileSync } from 'node:fs';
import { PROVIDERS } from '../../contract/request.ts';
import { onboardOffline } from '../cli/suite.ts';
import { anchorsOf, checkedOut, codeOf, linksOf, tableRowsOf, type Page } from './pages.ts';

export interface Rule {
  name: string;
  /** What breaks the rule, as the page writes it. */
  broken: (page: Page) => string[] | Promise<string[]>;
  /** Breaks it. */
  example: string;
}

/** Of characters: what a screen shows. */
const WIDTH = 160;

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const FOLDERS = ['activities', 'cli', 'client', 'contract', 'docs', 'encryption', 'examples', 'gateway'];
/** `acme` is the provider that a page tells how to add. */
const PATH = new RegExp(`^(?:${[...FOLDERS, 'sandbox', 'test', 'tools', 'worker', 'workflows'].join('|')})/[\\w./-]*$`);

const PREFIXES = ['CODEC', 'GATEWAY', 'ONBOARDING', 'SANDBOX', 'TEMPORAL', 'WEBHOOK'];
const OF_PROVIDERS = PROVIDERS.map((name) => name.toUpperCase().replaceAll('-', '_'));
/** `PREFIX_…` and `PREFIX_<NAME>` stand for several. */
const VARIABLE = new RegExp(
  `(?<!\\w)(?:${[...PREFIXES, ...OF_PROVIDERS].join('|')})(?:_[A-Z0-9]+)+(?![\\w…<])(?!_[…<])`,
  'g',
);

export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([name]) => name))];
}

/** The programs' own source, by file. */
export const SOURCE = new Map(
  checkedOut('*.ts', '*.mjs')
    .filter((file) => !file.startsWith('test/'))
    .map((file) => [file, readFileSync(file, 'utf8')]),
);
/** The limit of a provider's queue is named nowhere in full: its name is made of the provider's. */
const LIMITS = OF_PROVIDERS.map((name) => `${name}_ACTIVITIES_PER_SECOND`);
export const knownVariables = new Set([...LIMITS, ...variablesIn([...SOURCE.values()].join('\n'))]);

export const RULES: Rule[] = [
  {
    name: 'every link leads to a file, and to a heading in it',
    broken: (page) =>
      linksOf(page)
        .filter(({ target, anchor }) => !existsSync(target) || (anchor !== undefined && !hasHeading(target, anchor)))
        .map(({ link }) => link),
    example: '[a](nowhere.md), [b](README.md#no-such-heading)',
  },
  {
    name: 'every file and folder that is named exists',
    broken: (page) => codeOf(page).filter((code) => PATH.test(code) && !code.includes('acme') && !existsSync(code)),
    example: '`contract/nothing.ts`',
  },
  {
    name: `no row of a table is wider than ${WIDTH} characters`,
    broken: (page) =>
      tableRowsOf(page)
        .filter((row) => row.length > WIDTH)
        .map((row) => row.slice(0, 60)),
    example: `| ${'wide '.repeat(40)} |`,
  },
  {
    name: 'every npm script exists',
    broken: (page) =>
      namedIn(page, /\bnpm (?:run (?:--silent )?)?(start|test|(?<=run |silent )[\w:-]+)/g, (name) => name in scripts),
    example: '`npm run nothing`',
  },
  {
    name: 'every program that node is to run exists',
    broken: (page) =>
      namedIn(page, /\bnode (?:--\S+ (?:\w+ )?)*(\S+\.(?:js|mjs|ts))\b/g, (file) =>
        existsSync(file.replace(/^dist\/(.*)\.js$/, '$1.ts')),
      ),
    example: '`node dist/nothing/main.js`',
  },
  {
    name: 'every command of onboard exists, with its options',
    broken: async (page) => {
      const asked = await Promise.all(
        codeOf(page)
          .flatMap(commandsIn)
          .map(async (each) => ({ ...each, help: await helpOf(each.words) })),
      );
      return asked.flatMap(({ words, options, help }) =>
        help === undefined ? [words.join(' ')] : options.filter((option) => !help.includes(option)),
      );
    },
    example: '`onboard nothing`, `onboard list --nothing`',
  },
  {
    name: 'every environment variable that is named is known to the source',
    broken: (page) => variablesIn(page.text).filter((name) => !knownVariables.has(name)),
    example: '`GATEWAY_NOTHING`',
  },
];

function hasHeading(file: string, anchor: string): boolean {
  return anchorsOf({ file, text: readFileSync(file, 'utf8') }).includes(anchor);
}

function namedIn(page: Page, pattern: RegExp, exists: (name: string) => boolean): string[] {
  const names = codeOf(page).flatMap((code) => [...code.matchAll(pattern)].map(([, name = '']) => name));
  return names.filter((name) => !exists(name));
}

/** `onboard offboard status REF --json` has the words `offboard status`, though the second may be no more than an argument. */
function commandsIn(code: string): { words: string[]; options: string[] }[] {
  return [...code.matchAll(/\bonboard ((?:[a-z][a-z-]* ?)+)([^;#`]*)/g)].map(([, words = '', rest = '']) => ({
    words: words.trim().split(' '),
    options: [...rest.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([option]) => option),
  }));
}

const helps = new Map<string, Promise<{ code: number; stdout: string }>>();

/** The help of the command that these words name, as far as they are commands; `undefined` where the first is none. */
async function helpOf(words: string[]): Promise<string | undefined> {
  const own = words.slice(0, 2).join(' ');
  const asked = helps.get(own) ?? onboardOffline([...words.slice(0, 2), '--help']);
  helps.set(own, asked);
  const { code, stdout } = await asked;
  return code === 0 ? stdout : undefined;
}

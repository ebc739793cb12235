/** A step, or `onboard read` and what; and what brings it to where it may run. */
export type Reached = [step: string, arrange: () => Promise<() => Promise<unknown>>];

const WIDTH = 150;

/** An entry of a list: ``- `GET /a/{id}` (3.5): `readAccount` ``. */
const ENTRY = /^- `([^`]+)` \(([^)]*)\): /;

/** A route, its section of the contract, and the steps and reads that ask for it. */
export interface RouteEntry {
  route: string;
  section: string;
  asking: string[];
}

/** The entries about routes under a heading. */
export function routesUnder(document: string, heading: string): RouteEntry[] {
  const [, section] = document.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`the document has no heading ${heading}`);
  const entries = section.split('\n## ')[0]!.split(/\n(?=- |\n)/);
  return entries.flatMap((entry) => {
    const text = entry.replaceAll(/\s+/g, ' ').trim();
    const [start = '', route, part] = ENTRY.exec(text) ?? [];
    return route === undefined || part === undefined
      ? []
      : [{ route, section: part, asking: named(text.slice(start.length)) }];
  });
}

/** As the document writes it, in lines of at most 150 characters. */
export function written({ route, section, asking }: RouteEntry): string {
  const lines = [`- \`${route}\` (${section}):`];
  for (const [index, step] of asking.entries()) {
    const word = `\`${step}\`${index < asking.length - 1 ? ',' : ''}`;
    if (`${lines.at(-1)} ${word}`.length > WIDTH) lines.push(`  ${word}`);
    else lines[lines.length - 1] += ` ${word}`;
  }
  return lines.join('\n');
}

/** The rows of the first table under a heading, as cells. */
export function tableUnder(document: string, heading: string): string[][] {
  const [, section] = document.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`the document has no heading ${heading}`);
  const lines = section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  if (rows.length === 0) throw new Error(`there is no table under ${heading}`);
  return rows;
}

/** Names in backticks. */
export function named(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
}

/** The documented route of a call, of several the one with the fewest parameters; `undefined` when the document has none. */
export function routeOf(routes: readonly string[], call: string): string | undefined {
  const parameters = (route: string) => route.split('{').length;
  return routes
    .filter((route) => patternOf(route).test(call))
    .toSorted((one, other) => parameters(one) - parameters(other))[0];
}

/** `{id}` stands for a part of a path, and `{a,b}` for one of these. */
function patternOf(route: string): RegExp {
  const pattern = route.replaceAll(/\{([^}]+)\}/g, (_, names: string) =>
    names.includes(',') ? `(?:${names.replaceAll(',', '|')})` : '[^/]+',
  );
  return new RegExp(`^${pattern}$`);
}

/** Of a route of several lists, what is said of each of them: `email-leaks` as `…-leaks`. */
export function ofEachList(route: string, step: string): string {
  const lists = /\{([^{}]*,[^{}]*)\}/.exec(route)?.[1]?.split(',') ?? [];
  return lists.reduce((words, list) => words.replace(` ${list}-`, ' …-'), step);
}

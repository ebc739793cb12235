import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A route as a client's source has it, with the name of the method around it. */
export interface ClientRoute {
  route: string;
  /** Absent where the route is a constant. */
  method?: string;
}

/** An entry of the document. Lists in braces are spread: one for each route. */
export interface DocumentedRoute extends ClientRoute {
  section: string;
  /** As the document writes it, for example `watchlists.*.add`. */
  clientMethod: string;
  /** Activities, and `checkLogin`. */
  activities: string[];
  /** What `onboard read` is asked for. */
  reads: string[];
  /** Why nothing reaches it. */
  reason?: string;
}

const ROUTE = /(?<![.\w])(?:at|fill)\(\s*(['`])((?:GET|POST|PUT|PATCH|DELETE) [^'`]+)\1/g;
/** ``- `GET /a/{id}` (3.5) `accounts.get`: `readAccount` ``; the method is left out where there is none. */
const ENTRY = /^`([^`]+)` \(([^)]*)\)(?: `([^`]+)`)?: (.*)$/;
const ANY_CALL = /(?<![.\w])(?:at|fill)\(/g;
const METHOD = /(\w+): (?:async )?\(|function (\w+)\(|const [A-Z]+ = $/g;

/** All routes in a client's files, by path and content. Throws where one could not be read: none may be overlooked. */
export function clientRoutes(files: Map<string, string>): ClientRoute[] {
  return [...files].flatMap(([file, source]) => {
    const found = [...source.matchAll(ROUTE)];
    if (found.length !== [...source.matchAll(ANY_CALL)].length)
      throw new Error(`${file} has a route that is no literal`);
    return found.flatMap(({ 2: template, index }) => {
      const before = source.slice(0, index);
      const around = [...before.matchAll(METHOD)].at(-1);
      const method = around?.[1] ?? around?.[2];
      return spelled(template!, before).map((route) => ({ route, ...(method === undefined ? {} : { method }) }));
    });
  });
}

/** With the constants that stand before it in its file; a list's type is every route of the list. */
function spelled(template: string, before: string): string[] {
  const [, own] = [...before.matchAll(/const path = `([^`]+)`/g)].at(-1) ?? [];
  const route = template.replace('${path}', own ?? '{path}');
  if (!route.includes('${list}')) return [route.replaceAll('${', '{')];
  const [, names = ''] = /type List = ([^;]+);/.exec(before) ?? [];
  return [...names.matchAll(/'([^']+)'/g)].map(([, name]) => route.replace('${list}', name!));
}

/** The TypeScript files under a folder, from the root of the repository. */
export function sourcesIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [path.join(folder, file), readFileSync(path.join(folder, file), 'utf8')]));
}

function sectionUnder(document: string, heading: string): string {
  const [, section] = document.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`the document has no heading ${heading}`);
  return section.split('\n## ')[0]!;
}

/** The rows of the first table under a heading, as cells. */
export function tableUnder(document: string, heading: string): string[][] {
  const lines = sectionUnder(document, heading)
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

/** The entries of the list under a heading. */
export function documentedRoutes(document: string, heading: string): DocumentedRoute[] {
  const entries = sectionUnder(document, heading).split(/^- /m).slice(1);
  if (entries.length === 0) throw new Error(`there is no list under ${heading}`);
  return entries.flatMap((entry) => {
    const [text = ''] = entry.split('\n\n');
    const [, route = '', section = '', name, reached = ''] = ENTRY.exec(text.replaceAll(/\s+/g, ' ')) ?? [];
    const method = name?.split('.').at(-1);
    return spread(route).map(([each, list]) => {
      const names = reached.startsWith('–') ? [] : named(reached);
      return {
        route: each,
        section,
        clientMethod: name ?? '',
        ...(method === undefined ? {} : { method }),
        activities: names.filter((one) => !one.startsWith('onboard ')),
        reads: names
          .filter((one) => one.startsWith('onboard read '))
          .map((one) => one.slice('onboard read '.length).replace('…', list)),
        ...(reached.startsWith('–') ? { reason: reached.slice(1).trim() } : {}),
      };
    });
  });
}

/** `{a,b}-x` is `a-x` and `b-x`; answered with what was put in. */
function spread(route: string): [route: string, list: string][] {
  const [whole, lists] = /\{([^{}]*,[^{}]*)\}/.exec(route) ?? [];
  return lists === undefined ? [[route, '']] : lists.split(',').map((list) => [route.replace(whole!, list), list]);
}

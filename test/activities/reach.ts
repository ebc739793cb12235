import path from 'node:path';

/** The declarations of a file, each with its text, and where its imports come from. */
interface Module {
  declared: Map<string, string>;
  imported: Map<string, string>;
}

/** Of each source file, by its path. */
export type Modules = Map<string, Module>;

/** Functions, constants and classes, at most one level deep; and the steps that a provider's files answer with, which stand four blanks deep. */
const DECLARATION =
  /^ {0,2}(?:export )?(?:async )?(?:function\*? |const |class )(\w+|\{[^}]*\})|^ {4}(?:async )?(\w+)(?::|\()/;
/** Of types nothing is called. */
const IMPORT = /^import \{([^}]*)\} from '(\.[^']+)';/gm;
const WORD = /\b[A-Za-z_]\w*\b/g;

export function modulesOf(files: Map<string, string>): Modules {
  return new Map(
    [...files].map(([file, source]) => {
      const imported = [...source.matchAll(IMPORT)].flatMap(([, names = '', from = '']) =>
        wordsOf(names).map((name) => [name, path.join(path.dirname(file), from)] as const),
      );
      return [file, { declared: declarationsOf(source.split('\n')), imported: new Map(imported) }];
    }),
  );
}

/**
 * The text of a declaration and of all that it names: what it may lead to. Wider than what it does, since a name that is only mentioned counts
 * too; a function that comes in as an argument is not followed.
 */
export function reachedFrom(modules: Modules, file: string, name: string, seen = new Set<string>()): string {
  const { declared, imported } = modules.get(file) ?? {};
  const body = declared?.get(name);
  if (body === undefined || seen.has(`${file} ${name}`)) return '';
  seen.add(`${file} ${name}`);
  const further = wordsOf(body).map((word) => reachedFrom(modules, imported?.get(word) ?? file, word, seen));
  return [body, ...further].join('\n');
}

function declarationsOf(lines: string[]): Map<string, string> {
  const found = lines.flatMap((line, start) => {
    const [, names, step] = DECLARATION.exec(line) ?? [];
    return wordsOf(names ?? step ?? '').map((name) => [name, bodyFrom(lines, start)] as const);
  });
  // Of two under one name, the first: parameters of types look like steps.
  return new Map(found.toReversed());
}

/** Until the first line that is indented no further and closes nothing, as prettier has it. */
function bodyFrom(lines: string[], start: number): string {
  const indent = indentOf(lines[start]!);
  const end = lines.findIndex(
    (line, at) => at > start && line !== '' && indentOf(line) <= indent && !/^\s*[)\]}]/.test(line),
  );
  return lines.slice(start, end === -1 ? undefined : end).join('\n');
}

function indentOf(line: string): number {
  return line.search(/\S/);
}

function wordsOf(text: string): string[] {
  return [...new Set(text.match(WORD))];
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A Markdown file of the project. */
export interface Page {
  /** From the project's root. */
  file: string;
  text: string;
}

/** A link or picture that leads to the project itself. */
export interface Link {
  /** As the page writes it. */
  link: string;
  /** From the project's root. */
  target: string;
  /** Of a heading. */
  anchor?: string;
}

/** Files of the checkout, committed or not yet, without what version control ignores. */
export function checkedOut(...patterns: string[]): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...patterns];
  return execFileSync('git', args, { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '');
}

export function allPages(): Page[] {
  return checkedOut('*.md').map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

const FENCE = /^( *)```[^]*?^\1```$/gm;

/** Without blocks of code. */
function prose({ text }: Page): string {
  return text.replaceAll(FENCE, '');
}

export function linksOf(page: Page): Link[] {
  const text = prose(page).replaceAll(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [to = '', anchor] = link.split('#');
    const target = to === '' ? page.file : path.join(path.dirname(page.file), to);
    return [{ link, target, ...(anchor === undefined ? {} : { anchor }) }];
  });
}

/** As GitHub makes them of the headings. */
export function anchorsOf(page: Page): string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

export function tableRowsOf(page: Page): string[] {
  return prose(page)
    .split('\n')
    .filter((line) => /^\s*\|/.test(line));
}

/** What a page tells to type, line by line: its blocks of code and the words between backticks. */
export function codeOf(page: Page): string[] {
  const blocks = [...page.text.matchAll(FENCE)].flatMap(([block]) => block.split('\n'));
  return [...blocks, ...[...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)];
}

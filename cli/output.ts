import Table from 'cli-table3';

/** Columns without lines, so that a terminal, a log and `cut` all read it. */
export function table(head: string[], rows: (string | undefined)[][]): string {
  const none = Object.fromEntries(
    [
      ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
      ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
    ]
      .flat()
      .map((part) => [part, '']),
  );
  const lines = new Table({
    head,
    chars: { ...none, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  lines.push(...rows.map((row) => row.map((cell) => oneLine(cell ?? ''))));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** What a terminal obeys or shows where it does not stand: control characters, separators of lines, marks that turn the direction. */
const OBEYED = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A value within a line. Anybody may have typed it, so it begins no line and tells the terminal nothing. */
export function oneLine(value: string): string {
  return value.replaceAll(OBEYED, '\ufffd');
}

/** Text for a terminal: its lines and tabs are ours, values in it have gone through `oneLine`. */
export function printable(text: string): string {
  return text.replaceAll(OBEYED, (sign) => (sign === '\n' || sign === '\t' ? sign : '\ufffd'));
}

/** Everything that a command prints for people goes through here. */
export function writeLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${printable(text)}\n`);
}

/** The same value as JSON, in one line that no terminal obeys. */
export function jsonLine(value: unknown): string {
  const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(OBEYED, escaped);
}

/** The same data, every text of it within a line. */
export function inOneLineEach<T extends object>(data: T): T {
  return JSON.parse(JSON.stringify(data), (_, value: unknown) => (typeof value === 'string' ? oneLine(value) : value));
}

/** One document per line, so that streams and single answers are read the same way. */
export function writeJson(stream: NodeJS.WritableStream, value: unknown): void {
  writeLine(stream, jsonLine(value));
}

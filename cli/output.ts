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
  lines.push(...rows.map((row) => row.map((cell) => cell ?? '')));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

export function writeLine(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${text}\n`);
}

/** One document per line, so that streams and single answers are read the same way. */
export function writeJson(stream: NodeJS.WritableStream, value: unknown): void {
  writeLine(stream, JSON.stringify(value));
}

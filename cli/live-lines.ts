import { oneLine, writeLine } from './output.ts';
import type { Notices, Watch } from './live-view.ts';
import { changes, type Story } from './words.ts';

/** One line per change, for logs and pipes. */
export async function showLines<Result>(
  watch: Watch<Result>,
  stdout: NodeJS.WritableStream,
  notices?: Notices,
): Promise<Result | undefined> {
  const notice = (line: string) => writeLine(stdout, oneLine(line));
  notices?.on('notice', notice);
  let interrupted: string | undefined;
  let story: Story | undefined;
  const stories = watch((error) => {
    if (interrupted !== error.code) writeLine(stdout, `${oneLine(error.message)} Waiting.`);
    interrupted = error.code;
  });
  for (;;) {
    const next = await stories.next();
    if (next.done) {
      notices?.off('notice', notice);
      return next.value;
    }
    interrupted = undefined;
    for (const line of changes(story, next.value)) writeLine(stdout, oneLine(line));
    story = next.value;
  }
}

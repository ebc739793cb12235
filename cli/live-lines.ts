import type { Notices, Watch } from './live-view.ts';
import { changes, type Story } from './words.ts';

/** One line per change, for logs and pipes. */
export async function showLines<Result>(
  watch: Watch<Result>,
  stdout: NodeJS.WritableStream,
  notices?: Notices,
): Promise<Result | undefined> {
  const notice = (line: string) => stdout.write(`${line}\n`);
  notices?.on('notice', notice);
  let interrupted: string | undefined;
  let story: Story | undefined;
  const stories = watch((error) => {
    if (interrupted !== error.code) stdout.write(`${error.message} Waiting.\n`);
    interrupted = error.code;
  });
  for (;;) {
    const next = await stories.next();
    if (next.done) {
      notices?.off('notice', notice);
      return next.value;
    }
    interrupted = undefined;
    for (const line of changes(story, next.value)) stdout.write(`${line}\n`);
    story = next.value;
  }
}

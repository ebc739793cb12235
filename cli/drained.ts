import type { Watch } from './live-view.ts';

/** How the watch ends, for programs that are shown nothing on the way. */
export async function drained<Result>(watch: Watch<Result>): Promise<Result | undefined> {
  const stories = watch(() => undefined);
  for (;;) {
    const { value, done } = await stories.next();
    if (done) return value;
  }
}

import { EventEmitter } from 'node:events';
import { DefaultRenderer, Listr, ListrLogger, ProcessOutput, type ListrTask } from 'listr2';
import type { Notices, Watch } from './live-view.ts';
import { oneLine } from './output.ts';
import { isSettled, stepWords, titleOf, type Story } from './words.ts';

type Feed = EventEmitter<{ story: [Story]; notice: [string]; end: [] }>;

/** Ends the view, not the run. */
class ViewEnded extends Error {}

/** The library asks `process.stdout` whether it is a terminal; the caller has asked the stream it writes to. */
class OnTerminal extends DefaultRenderer {
  static override nonTTY = true;
}

/** A list of the steps that redraws itself, one task per step. */
export async function showTasks<Result>(
  watch: Watch<Result>,
  steps: readonly string[],
  stdout: NodeJS.WriteStream,
  notices?: Notices,
): Promise<Result | undefined> {
  const feed: Feed = new EventEmitter();
  const notice = (line: string) => feed.emit('notice', line);
  notices?.on('notice', notice);
  let latest: Story | undefined;
  let over = false;
  feed.on('story', (story) => (latest = story));
  const told = tell(watch, feed).finally(() => {
    over = true;
    notices?.off('notice', notice);
    feed.emit('end');
  });
  const tasks = steps.map((name) => taskOf(name, feed, () => ({ latest, over })));
  const list = new Listr(tasks, {
    renderer: OnTerminal,
    rendererOptions: { logger: new ListrLogger({ processOutput: new ProcessOutput(stdout) }) },
    registerSignalListeners: false,
  });
  const shown = list.run().catch(ignoreViewEnded);
  // The list writes until it has ended, also where the watch has failed: nobody may end the stream before.
  await Promise.allSettled([told, shown]);
  await shown;
  return told;
}

async function tell<Result>(watch: Watch<Result>, feed: Feed): Promise<Result | undefined> {
  const stories = watch((error) => feed.emit('notice', `${error.message} Waiting.`));
  for (;;) {
    const next = await stories.next();
    if (next.done) return next.value;
    feed.emit('story', next.value);
  }
}

function taskOf(name: string, feed: Feed, now: () => { latest: Story | undefined; over: boolean }): ListrTask {
  const title = oneLine(titleOf(name));
  return {
    title,
    task: (_, task) =>
      new Promise<void>((resolve, reject) => {
        const notice = (text: string) => (task.output = oneLine(text));
        const stop = () => feed.off('story', show).off('notice', notice).off('end', end);
        const show = (story: Story) => {
          const step = story.steps.find((each) => each.name === name);
          if (!step) return;
          const words = oneLine(stepWords(step, story));
          task.output = [words, ...memberWords(name, story).map(oneLine)].join('; ');
          if (!isSettled(step)) return;
          stop();
          task.title = step.status === 'done' ? title : `${title}: ${words}`;
          if (step.status === 'failed') reject(new ViewEnded(task.title));
          else resolve();
        };
        const end = () => {
          stop();
          reject(new ViewEnded(`${title}: not watched any longer`));
        };
        const { latest, over } = now();
        feed.on('story', show).on('notice', notice).on('end', end);
        if (latest) show(latest);
        if (over) end();
      }),
  };
}

function memberWords(name: string, story: Story): string[] {
  return name === 'members' ? (story.members ?? []).map(({ reference, status }) => `${reference}: ${status}`) : [];
}

function ignoreViewEnded(error: unknown): void {
  if (!(error instanceof ViewEnded)) throw error;
}

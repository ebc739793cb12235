import { EventEmitter } from 'node:events';
import { DefaultRenderer, Listr, SimpleRenderer, type ListrTask, type ListrTaskWrapper } from 'listr2';

export type Task = ListrTask<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;
export type TaskView = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

/** The terminal: task lists, and single lines that find their place in them. Plain lines where it is no terminal. */
export class Screen {
  readonly isTerminal = process.stdout.isTTY && process.stdout.columns >= 40 && !process.env.NO_COLOR;
  /** Takes the lines while somebody else has the terminal and listens. */
  readonly notices = new EventEmitter<{ notice: [line: string] }>();
  #current: TaskView | undefined;

  say(line: string): void {
    if (this.#current) this.#current.output = line;
    else if (!this.notices.emit('notice', line)) process.stdout.write(`${line}\n`);
  }

  /** Runs the tasks one after another; the first that throws ends the list and is thrown. */
  async run(tasks: Task[]): Promise<void> {
    const list = new Listr<unknown, typeof DefaultRenderer, typeof SimpleRenderer>(
      tasks.map((task) => ({
        ...task,
        // Lines said while the task is on stay below the list.
        rendererOptions: { bottomBar: 8, persistentOutput: true },
        task: (context, view) => {
          this.#current = view;
          return task.task(context, view);
        },
      })),
      {
        renderer: DefaultRenderer,
        fallbackRenderer: SimpleRenderer,
        fallbackRendererCondition: () => !this.isTerminal,
        rendererOptions: { collapseErrors: false, showErrorMessage: false },
        fallbackRendererOptions: {},
        registerSignalListeners: false,
      },
    );
    try {
      await list.run();
    } finally {
      this.#current = undefined;
    }
  }
}

import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

export const go = defineSignal('go');

/** Milliseconds on the run's clock at the end of each wait. */
export async function sleeper(days: number): Promise<number> {
  const start = Date.now();
  await sleep(`${days} days`);
  return Date.now() - start;
}

export async function waitsForSignal(days: number): Promise<'signal' | 'deadline'> {
  let gone = false;
  setHandler(go, () => {
    gone = true;
  });
  return (await condition(() => gone, `${days} days`)) ? 'signal' : 'deadline';
}

export async function asksProvider(queue: string): Promise<string> {
  const { answer } = proxyActivities<{ answer(): Promise<string> }>({
    taskQueue: queue,
    startToCloseTimeout: '5s',
    retry: { maximumAttempts: 1 },
  });
  return answer();
}

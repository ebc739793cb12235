import { vi } from 'vitest';
import { eventStream } from '../../gateway/routes/event-stream.ts';

const BEATS = 50;

test('a run in which nothing happens for long is waited for once, however many signs of life are given', async () => {
  let end = (): void => undefined;
  const looking = new Promise<{ done: true; value: undefined }>((resolve) => {
    end = () => resolve({ done: true, value: undefined });
  });
  const subscribed = vi.spyOn(looking, 'then');
  const events = eventStream({ next: () => looking } as never, {
    lastEventId: undefined,
    lastId: async () => 'end',
    failed: (error) => {
      throw error;
    },
    heartbeat: 1,
    isOver: () => false,
  });
  expect((await events.next()).value).toMatch(/^retry: /);
  for (let beat = 0; beat < BEATS; beat += 1) expect((await events.next()).value).toBe(':\n\n');
  expect(subscribed).toHaveBeenCalledTimes(1);
  end();
  expect((await events.next()).done).toBe(true);
});

test.each([
  ['while nothing happens', new Promise<never>(() => undefined)],
  ['before what happened next', Promise.resolve({ done: false, value: { secret: 'of the run' } })],
])('a stream whose caller may hear no more ends, %s', async (_, looking) => {
  const events = eventStream({ next: () => looking } as never, {
    lastEventId: undefined,
    lastId: async () => 'end',
    failed: (error) => {
      throw error;
    },
    heartbeat: 1,
    isOver: () => true,
  });
  expect((await events.next()).value).toMatch(/^retry: /);
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

import { flooded } from './flood.ts';

it.each([4_000, 9_900])('works off %i hints that came while no worker ran', async (hints) => {
  const { suite, run, close } = await flooded(hints);
  suite.provider.verified = true;
  await run.handle.signal('emailVerified', { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  // One look for all of them, and one for the last.
  expect(suite.provider.attempts.filter((name) => name === 'awaitEmailVerified').length).toBeLessThan(5);
  await close();
});

import { flooded } from './flood.ts';

it('works off 4,000 hints that came while no worker ran', async () => {
  const { suite, run, close } = await flooded(4_000);
  suite.provider.verified = true;
  await run.handle.signal('emailVerified', { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  // One look for all of them, and one for the last.
  expect(suite.provider.attempts.filter((name) => name === 'awaitEmailVerified').length).toBeLessThan(5);
  await close();
});

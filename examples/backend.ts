// A backend that onboards customers: run it with a Temporal server, a worker and the key of .onboarding in the environment.
import { readFile } from 'node:fs/promises';
import { OnboardingClient, OnboardingError } from '../client/index.ts';

const onboardings = await OnboardingClient.connect();
try {
  const request: unknown = JSON.parse(await readFile(process.argv[2] ?? 'examples/family.json', 'utf8'));

  // Safe to repeat: the same request finds its run, after a crash of this program too.
  const { started, provider, reference } = await onboardings.start(request);
  console.log(`${reference} ${started ? 'started' : 'goes on'}`);

  for await (const progress of onboardings.watch(provider, reference)) {
    console.log(progress.next);
  }

  const result = await onboardings.result(provider, reference);
  console.log(`${result.outcome}, account ${result.account}`);
} catch (error) {
  if (!(error instanceof OnboardingError)) throw error;
  // One sentence that says what to do, and a code to act on.
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await onboardings.close();
}

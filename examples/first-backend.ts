import { OnboardingClient, OnboardingError } from '../client/index.ts';

const onboardings = await OnboardingClient.connect(); // TEMPORAL_ADDRESS, …, ONBOARDING_KEYS
const person = { firstName: 'Maja', lastName: 'Lindqvist', email: 'maja@example.com', countryCode: 'SE' };
try {
  const customer = { provider: 'defentry', reference: 'customer-4711' }; // your own key: the same request finds its run
  const policy = { emailVerified: { firstPoll: 'PT2S' } }; // every deadline and pace has a default; this one is for a trial
  await onboardings.start({ ...customer, kind: 'single', person, planId: '1', policy });
  // Where the mail's link leads: await onboardings.emailVerified(…). A hint, believed when the provider says so.
  for await (const { next } of onboardings.watch('defentry', 'customer-4711')) console.log(next);
  console.log(await onboardings.result('defentry', 'customer-4711')); // outcome, gaps, members, account
} catch (error) {
  if (!(error instanceof OnboardingError)) throw error;
  console.error(error.code, error.message); // one sentence that says what to do
} finally {
  await onboardings.close();
}

import { OnboardingClient, OnboardingError } from '../client/index.ts';

const onboardings = await OnboardingClient.connect(); // TEMPORAL_ADDRESS, …, ONBOARDING_KEYS
const person = { firstName: 'Maja', lastName: 'Lindqvist', email: 'maja@example.com', countryCode: 'SE' };
try {
  // The reference is your own key of the customer; the same request again finds its run.
  await onboardings.start({ provider: 'defentry', reference: 'customer-4711', kind: 'single', person, planId: '1' });
  // Your landing page was opened. This is a hint: the run believes it when the provider says so.
  await onboardings.emailVerified('defentry', 'customer-4711', { eventId: 'click-1' });
  for await (const { next } of onboardings.watch('defentry', 'customer-4711')) console.log(next);
  console.log(await onboardings.result('defentry', 'customer-4711')); // outcome, gaps, members, account
} catch (error) {
  if (!(error instanceof OnboardingError)) throw error;
  console.error(error.code, error.message); // one sentence that says what to do
} finally {
  await onboardings.close();
}

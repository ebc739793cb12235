import { checkRequest, createAccount } from '../../../workflows/onboarding/steps/account.ts';
import { changed } from './run.ts';

export const onboardCustomer = changed(async (run) => {
  await checkRequest(run);
  await createAccount(run);
});

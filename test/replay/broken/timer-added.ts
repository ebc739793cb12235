import { sleep } from '@temporalio/workflow';
import { checkRequest, checkUniqueness, createAccount } from '../../../workflows/onboarding/steps/account.ts';
import { changed } from './run.ts';

export const onboardCustomer = changed(async (run) => {
  await checkRequest(run);
  await sleep(1000);
  await checkUniqueness(run);
  await createAccount(run);
});

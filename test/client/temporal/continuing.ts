import { condition, continueAsNew, defineSignal, setHandler } from '@temporalio/workflow';

export const goOn = defineSignal('goOn');

/** Stands in for the workflow of that name where only its name, its memo and its next run count. */
export async function onboardCustomer(request: object, carried?: boolean): Promise<void> {
  let told = false;
  setHandler(goOn, () => {
    told = true;
  });
  await condition(() => told);
  if (!carried) await continueAsNew<typeof onboardCustomer>(request, true);
}

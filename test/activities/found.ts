import type { FoundAccount, ManagementActivities } from '../../contract/management.ts';

/** What `findAccount` says of the account; with it comes what the deployment can do. */
export async function foundBy(
  steps: Pick<ManagementActivities, 'findAccount'>,
  input: Parameters<ManagementActivities['findAccount']>[0],
): Promise<Omit<FoundAccount, 'capabilities'>> {
  const { capabilities, ...found } = await steps.findAccount(input);
  expect(capabilities.changes).not.toEqual([]);
  return found;
}

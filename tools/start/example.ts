import { readFile } from 'node:fs/promises';
import { checkRequest, ReferenceConflict, type OnboardingClient } from '../../client/index.ts';
import type { OnboardingRequest, Person } from '../../contract/request.ts';

export interface ExampleRun {
  request: OnboardingRequest;
  runId: string;
  workflowId: string;
  /** An earlier start had begun it. */
  resumed: boolean;
}

export async function readExample(file: string): Promise<OnboardingRequest> {
  return checkRequest(JSON.parse(await readFile(file, 'utf8')));
}

/** Goes on with the example's open run, or starts the next one: a customer that has an account is not onboarded again. */
export async function startExample(client: OnboardingClient, example: OnboardingRequest): Promise<ExampleRun> {
  for (let number = 1; ; number += 1) {
    const request = numbered(example, number);
    try {
      const { started, runId, workflowId } = await client.start(request);
      const isOpen = started || (await client.get(request.provider, request.reference)).status === 'running';
      if (isOpen) return { request, runId, workflowId, resumed: !started };
    } catch (error) {
      // The example was changed after a run with it: that reference stays with the old one.
      if (!(error instanceof ReferenceConflict)) throw error;
    }
  }
}

/**
 * The example as another customer: reference, e-mail addresses and the holder are the provider's unique keys.
 * @internal
 */
export function numbered(example: OnboardingRequest, number: number): OnboardingRequest {
  if (number === 1) return example;
  const email = (address: string): string => address.replace('@', `+${number}@`);
  const person = <Each extends Person>(each: Each): Each => ({
    ...each,
    ...(each.email && { email: email(each.email) }),
  });
  return {
    ...example,
    reference: `${example.reference}-${number}`,
    person: person(example.person),
    ...(example.holderId && { holderId: String(Number(example.holderId) + number - 1) }),
    ...(example.members && { members: example.members.map((each) => ({ ...each, person: person(each.person) })) }),
    ...(example.watchlists && {
      watchlists: example.watchlists.map(({ kind, value }) => ({
        kind,
        value: kind === 'email' ? email(value) : value,
      })),
    }),
  };
}

import type { OnboardingRequest } from '../../../contract/request.ts';

/** What `npm start` needs to know of a provider to onboard somebody at its sandbox. */
export interface DemoProvider {
  title: string;
  /** The request, a file. */
  example: string;
  /** Of the sandbox: the login, and what differs from its defaults. */
  sandboxOptions: object;
  /** How the worker reaches the sandbox at this base address. */
  environment(sandboxUrl: string): Record<string, string>;
  /** How often each effect must stand in the sandbox's ledger when the request is fulfilled. */
  effects(request: OnboardingRequest): Record<string, number>;
}

import type { z } from 'zod';
import type { Sandbox, SandboxOptions } from './core/sandbox.ts';
import { createDefentrySandbox } from './defentry/index.ts';
import { optionsSchema as defentryOptions } from './defentry/options.ts';
import { createFaciliooSandbox } from './facilioo/index.ts';
import { optionsSchema as faciliooOptions } from './facilioo/options.ts';
import { createTuloPaywaySandbox } from './tulo-payway/index.ts';
import { optionsSchema as paywayOptions } from './tulo-payway/options.ts';

export type Open = (options: SandboxOptions) => Sandbox<string>;

const provider = <O>(options: z.ZodType<O>, create: (options: SandboxOptions, chosen: O) => Sandbox<string>) =>
  options.transform(
    (chosen): Open =>
      (given) =>
        create(given, chosen),
  );

/** By `SANDBOX_PROVIDER`: turns the provider's options, checked, into what opens its simulator. */
export const PROVIDERS = {
  defentry: provider(defentryOptions, (options, defentry) => createDefentrySandbox({ ...options, defentry })),
  facilioo: provider(faciliooOptions, (options, facilioo) => createFaciliooSandbox({ ...options, facilioo })),
  'tulo-payway': provider(paywayOptions, (options, tuloPayway) => createTuloPaywaySandbox({ ...options, tuloPayway })),
};

import { createSandbox, type Ground, type Sandbox, type SandboxOptions, type Vendor } from '../core/sandbox.ts';
import { createAdministration, type Administration } from './administration.ts';
import { bearerOf, expireTokens } from './auth.ts';
import { createDialect } from './dialect.ts';
import type { Effect } from './model.ts';
import { optionsSchema, type PaywayOptionsInput } from './options.ts';
import { act } from './people.ts';
import { archiveRoutes } from './routes/archive.ts';
import { attemptRoutes } from './routes/attempts.ts';
import { candidateRoutes } from './routes/candidates.ts';
import { createRoutes } from './routes/create.ts';
import { createDefine } from './routes/guard.ts';
import { identityRoutes } from './routes/identity.ts';
import { lookupRoutes } from './routes/lookup.ts';
import { passwordRoutes } from './routes/passwords.ts';
import { productRoutes } from './routes/products.ts';
import { readRoutes } from './routes/read.ts';
import { sharingRoutes } from './routes/sharing.ts';
import { tokenRoutes } from './routes/token.ts';
import { updateRoutes } from './routes/update.ts';
import { verificationRoutes } from './routes/verification.ts';
import { openState, type State } from './state.ts';

export type { PaywayOptionsInput } from './options.ts';

export interface TuloPaywaySandbox extends Sandbox<Effect> {
  /** Ends the time of all tokens at once. */
  expireTokens(): void;
  administration: Administration;
}

const TOPICS = [
  tokenRoutes,
  createRoutes,
  readRoutes,
  updateRoutes,
  verificationRoutes,
  archiveRoutes,
  passwordRoutes,
  candidateRoutes,
  lookupRoutes,
  attemptRoutes,
  productRoutes,
  sharingRoutes,
  identityRoutes,
];

/** A simulator of the Tulo Payway API. Throws when an option is unknown or malformed, or the data file is in use. */
export function createTuloPaywaySandbox(
  options: SandboxOptions & { tuloPayway?: PaywayOptionsInput | undefined } = {},
): TuloPaywaySandbox {
  const chosen = optionsSchema.parse(options.tuloPayway ?? {});
  const build = (ground: Ground<Effect>): Vendor & { state: State } => {
    const state = openState(ground, chosen);
    const define = createDefine(state);
    return {
      state,
      name: 'Tulo Payway',
      reads: ['forms', 'get-bodies'],
      routes: TOPICS.flatMap((routes) => routes(state, define)),
      dialect: createDialect(chosen),
      expireToken: (authorization) => expireTokens(state, bearerOf(authorization) ?? ''),
      act: (item, action) => act(state, item, action),
    };
  };
  const { vendor, ...sandbox } = createSandbox(build, options);
  return {
    ...sandbox,
    expireTokens: () => expireTokens(vendor.state),
    administration: createAdministration(vendor.state),
  };
}

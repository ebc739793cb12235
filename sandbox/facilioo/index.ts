import { createSandbox, type Ground, type Sandbox, type SandboxOptions, type Vendor } from '../core/sandbox.ts';
import { activate } from './activation.ts';
import { bearerOf, expireTokens } from './auth.ts';
import { blockNoisyCallers } from './block.ts';
import { createDialect } from './dialect.ts';
import type { Effect } from './model.ts';
import { optionsSchema, type FaciliooOptionsInput } from './options.ts';
import { createRateLimit } from './rate-limit.ts';
import { accountRoutes } from './routes/accounts.ts';
import { createRoutes } from './routes/create.ts';
import { groupRoutes } from './routes/groups.ts';
import { createGuard } from './routes/guard.ts';
import { loginRoutes } from './routes/login.ts';
import { partyRoutes } from './routes/parties.ts';
import { updateRoutes } from './routes/update.ts';
import { openState, type State } from './state.ts';

export type { FaciliooOptionsInput } from './options.ts';

export interface FaciliooSandbox extends Sandbox<Effect> {
  /** Ends the time of all tokens at once, refresh tokens too. */
  expireTokens(): void;
}

const TOPICS = [loginRoutes, createRoutes, accountRoutes, updateRoutes, groupRoutes, partyRoutes];

/** A simulator of the facilioo API (Gen2). Throws when an option is unknown or malformed, or the data file is in use. */
export function createFaciliooSandbox(
  options: SandboxOptions & { facilioo?: FaciliooOptionsInput | undefined } = {},
): FaciliooSandbox {
  const chosen = optionsSchema.parse(options.facilioo ?? {});
  const build = (ground: Ground<Effect>): Vendor & { state: State } => {
    const state = openState(ground, chosen);
    const guard = createGuard(state, createRateLimit(state));
    return {
      state,
      name: 'facilioo',
      routes: TOPICS.flatMap((routes) => routes(state, guard)),
      reads: ['json-patches'],
      dialect: createDialect(chosen),
      expireToken: (authorization) => expireTokens(state, bearerOf(authorization) ?? ''),
      act: (item) => activate(state, item),
    };
  };
  const { vendor, ...sandbox } = createSandbox(build, options);
  blockNoisyCallers(sandbox.app, chosen.block, sandbox.now);
  return { ...sandbox, expireTokens: () => expireTokens(vendor.state) };
}

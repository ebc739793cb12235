import { createSandbox, type Ground, type Sandbox, type SandboxOptions, type Vendor } from '../core/sandbox.ts';
import { raiseAlarm } from './alarms.ts';
import { bearerOf, expireTokens } from './auth.ts';
import { createDialect } from './dialect.ts';
import type { Alarm, Effect } from './model.ts';
import { optionsSchema, type DefentryOptionsInput } from './options.ts';
import { act } from './people.ts';
import { createRateLimit } from './rate-limit.ts';
import { alarmsRoutes } from './routes/alarms.ts';
import { activationRoutes } from './routes/activation.ts';
import { createRoutes } from './routes/create.ts';
import { eidRoutes } from './routes/eid.ts';
import { emailRoutes } from './routes/email.ts';
import { createGuard } from './routes/guard.ts';
import { loginRoutes } from './routes/login.ts';
import { lookupRoutes } from './routes/lookup.ts';
import { memberRoutes } from './routes/members.ts';
import { planRoutes } from './routes/plan.ts';
import { updateRoutes } from './routes/update.ts';
import { watchlistRoutes } from './routes/watchlists.ts';
import { accountOf, openState, type State } from './state.ts';

export type { DefentryOptionsInput } from './options.ts';

export interface DefentrySandbox extends Sandbox<Effect> {
  /** Ends the time of all tokens at once. */
  expireTokens(): void;
  /** Lets an item of the account show up in a leak. Answers the alarm's id. */
  raiseAlarm(accountId: string, type: Alarm['type']): string;
}

const TOPICS = [
  loginRoutes,
  createRoutes,
  lookupRoutes,
  updateRoutes,
  emailRoutes,
  activationRoutes,
  planRoutes,
  memberRoutes,
  eidRoutes,
  watchlistRoutes,
  alarmsRoutes,
];

/** A simulator of the Defentry Gateway API. Throws when an option is unknown or malformed, or the data file is in use. */
export function createDefentrySandbox(
  options: SandboxOptions & { defentry?: DefentryOptionsInput | undefined } = {},
): DefentrySandbox {
  const chosen = optionsSchema.parse(options.defentry ?? {});
  const build = (ground: Ground<Effect>): Vendor & { state: State } => {
    const state = openState(ground, chosen);
    const guard = createGuard(state, createRateLimit(state));
    return {
      state,
      name: 'Defentry',
      routes: TOPICS.flatMap((routes) => routes(state, guard)),
      dialect: createDialect(chosen),
      expireToken: (authorization) => expireTokens(state, bearerOf(authorization) ?? ''),
      act: (item, action, input) => act(state, item, action, input),
    };
  };
  const { vendor, ...sandbox } = createSandbox(build, options);
  const { state } = vendor;
  return {
    ...sandbox,
    expireTokens: () => expireTokens(state),
    raiseAlarm: (accountId, type) =>
      state.store.transaction(() => raiseAlarm(state, accountOf(state, accountId), type).id),
  };
}

import { createSandbox, type Sandbox, type SandboxOptions, type Vendor } from '../../../sandbox/core/sandbox.ts';
import { DIALECT } from './dialect.ts';
import { optionsSchema, type SkeletonOptionsInput } from './options.ts';
import { routes } from './routes.ts';
import { expireToken, openState, type Effect } from './state.ts';

export type { Effect } from './state.ts';
export type { SkeletonOptionsInput } from './options.ts';
export type SkeletonSandbox = Sandbox<Effect>;

/** A simulator of Skeleton, written from the vendor's documents alone. */
export function createSkeletonSandbox(
  options: SandboxOptions & { vendor?: SkeletonOptionsInput | undefined } = {},
): SkeletonSandbox {
  const chosen = optionsSchema.parse(options.vendor ?? {});
  const { vendor: _, ...sandbox } = createSandbox<Effect, Vendor>((ground) => {
    const state = openState(ground, chosen);
    return {
      name: 'skeleton',
      routes: routes(state),
      dialect: DIALECT,
      expireToken: (authorization) => expireToken(state, authorization),
      // No mail and no task comes up here that a person could act on.
      act: () => undefined,
    };
  }, options);
  return sandbox;
}

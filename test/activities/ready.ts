import type { Sandbox } from '../../sandbox/core/sandbox.ts';

type Faults = Pick<Sandbox<string>['faults'], 'add'>;
export type Fault = Parameters<Faults['add']>[0];

/** A step that may be run, at a sandbox of its own. */
export interface Ready {
  step: () => Promise<unknown>;
  faults: Faults;
  /** How often the step's effect stands in the sandbox's ledger. */
  count: () => number;
}

/* oxlint-disable typescript/no-unsafe-type-assertion -- the SDK marks these types with symbols that no value has */
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';

// The same values as the functions of these names in @temporalio/workflow, which a backend would otherwise have to install and load.

/** A signal's name with the types of its arguments, for the workflow that handles it and the client that sends it. */
export const defineSignal = <Args extends unknown[] = []>(name: string) =>
  ({ type: 'signal', name }) as SignalDefinition<Args>;

/** A query's name with the types of its answer and arguments. */
export const defineQuery = <Ret, Args extends unknown[] = []>(name: string) =>
  ({ type: 'query', name }) as QueryDefinition<Ret, Args>;

/** An update's name with the types of its answer and arguments. */
export const defineUpdate = <Ret, Args extends unknown[] = []>(name: string) =>
  ({ type: 'update', name }) as UpdateDefinition<Ret, Args>;

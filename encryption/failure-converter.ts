import { DefaultFailureConverter } from '@temporalio/common';

// Loaded by path, in the workflow sandbox too: no import.meta, no top-level await, no Node here.

/** Messages and stacks of failures go through the codec. Failure types stay readable, so they are codes. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });

/**
 * How long a run's code may take for one turn, in milliseconds; one that takes longer ends the whole process, and by default after 5 seconds.
 * Thousands of messages that came while no worker ran are one turn of their run. The SDK takes the setting and leaves it out of its types.
 */
export const TURN = { isolateExecutionTimeout: 30_000 };

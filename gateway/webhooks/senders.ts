/** As the addresses name them. */
export const SENDERS = ['tulo-payway', 'facilioo', 'generic'] as const;
export type Sender = (typeof SENDERS)[number];

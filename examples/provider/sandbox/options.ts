import { z } from 'zod';

/** Every behaviour that the vendor does not document is a switch here. */
export const optionsSchema = z.strictObject({
  login: z
    .strictObject({ clientId: z.string(), clientSecret: z.string() })
    .default({ clientId: 'sandbox-client', clientSecret: 'sandbox-client-secret' }),
  /** Assumption: the status of a taken address or reference. */
  duplicates: z.literal([409, 422]).default(409),
});

export type SkeletonOptions = z.output<typeof optionsSchema>;
export type SkeletonOptionsInput = z.input<typeof optionsSchema>;

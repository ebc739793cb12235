import type { PaywayOptions } from './options.ts';

export type EmailName = 'email' | 'contact_email';

/** How an error names the input `email`: inside Payway it is `contact_email`, and some calls say so (4.1). */
export const emailName = ({ emailField }: PaywayOptions, byCall: EmailName): EmailName =>
  emailField === 'by-call' ? byCall : emailField;

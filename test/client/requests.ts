import type { OnboardingRequest } from '../../contract/request.ts';

/** A request that keeps every rule; each test breaks or changes what it is about. */
export function validRequest(changes: Partial<OnboardingRequest> = {}): OnboardingRequest {
  return {
    provider: 'defentry',
    reference: 'customer-42',
    kind: 'family',
    person: {
      firstName: 'Maja',
      lastName: 'Berg',
      email: 'maja@example.com',
      phone: '+46701234567',
      countryCode: 'SE',
      languageCode: 'sv',
    },
    members: [
      { reference: 'partner', person: { firstName: 'Nils', lastName: 'Berg', email: 'nils@example.com' } },
      { reference: 'child', person: { firstName: 'Ida', lastName: 'Berg', email: 'ida@example.com' } },
    ],
    identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' },
    ssnMonitoring: true,
    watchlists: [{ kind: 'email', value: 'maja@example.com' }],
    ...changes,
  };
}

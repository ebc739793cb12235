import { ECHOES } from './echoes.ts';
import { KNOWN_NUMBER } from './providers.ts';
import { referenceOf, single } from './requests.ts';
import { ended, retryAlways, type Path } from './stage.ts';

const PATH = 'payway-reader';
const PROVIDER = 'tulo-payway';

/** A customer of the publisher is looked for, gets an account from a vendor that quotes, and is looked for once more. */
export const existingCustomer: Path = async (stage) => {
  const { house, canaries, onboard } = stage;
  const { vendor } = house.providers.payway;
  const reference = referenceOf(PATH);
  const ref = `${PROVIDER}/${reference}`;
  const found = await house.client.read({ provider: PROVIDER, reference, what: 'candidate', by: KNOWN_NUMBER });
  if (!JSON.stringify(found).includes('Kanarie'))
    throw new Error('looking for the candidate did not show the customer');
  const by = canaries.ssn(`${PATH}: looked up by`, 'twelve');
  await onboard.here('read: no such candidate', ['read', ref, 'candidate', '-'], `${by} 27567\n`);

  for (const [route, names] of [
    ['POST /external/api/v1/account/activate_candidate', ['refusal with data for codes', 'error that quotes']],
    ['POST /external/api/v1/identity_mapping', ['proxy page that quotes', 'refusal as text']],
  ] as const) {
    for (const name of names) {
      vendor.disturb({
        name: `${PATH}, ${route}: ${name}`,
        meets: (call) => call.route === route,
        does: ECHOES[name]!,
      });
    }
  }
  const request = single(canaries, PATH, { provider: PROVIDER, existingCustomer: { customerNumber: KNOWN_NUMBER } });
  await house.client.start(request);
  await retryAlways(stage, PATH, PROVIDER);
  await onboard.here('read: candidate with an account', ['read', ref, 'candidate', '-', '--json'], `${KNOWN_NUMBER}\n`);
  return ended(stage, PATH, PROVIDER);
};

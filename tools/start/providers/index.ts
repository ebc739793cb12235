import { PROVIDERS, type ProviderName } from '../../../contract/request.ts';
import { DEFENTRY } from './defentry.ts';
import { FACILIOO } from './facilioo.ts';
import type { DemoProvider } from './provider.ts';
import { TULO_PAYWAY } from './tulo-payway.ts';

const DEMO_PROVIDERS: Record<ProviderName, DemoProvider> = {
  defentry: DEFENTRY,
  'tulo-payway': TULO_PAYWAY,
  facilioo: FACILIOO,
};

/** Fails with the names it takes: the name comes from the command line. */
export function demoProvider(name: ProviderName): DemoProvider {
  if (PROVIDERS.includes(name)) return DEMO_PROVIDERS[name];
  throw new Error(`--provider takes ${PROVIDERS.join(', ')}; correct the one that is none of them.`);
}

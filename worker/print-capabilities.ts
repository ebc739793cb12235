import { PROVIDER_ENTRIES } from '../activities/providers.ts';

// `onboard providers` asks this process, since only workers know providers. With everything configured; a deployment may lack parts.
const capabilities = Object.entries(PROVIDER_ENTRIES).map(([provider, entry]) => ({ provider, ...entry.capabilities }));
process.stdout.write(`${JSON.stringify(capabilities)}\n`);

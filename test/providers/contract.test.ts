import type { PROVIDER_ENTRIES } from '../../activities/providers.ts';
import { CONDITIONS, type ContractCase } from './contract.ts';

interface Participant {
  CASES: ContractCase[];
  closeDesks: () => Promise<void>;
}

/** A new provider joins with one line; one that is hosted and has none does not compile. */
const PARTICIPANTS: Record<keyof typeof PROVIDER_ENTRIES, Participant> = {
  defentry: await import('../defentry/cases.ts'),
  'tulo-payway': await import('../tulo-payway/cases.ts'),
  facilioo: await import('../facilioo/cases.ts'),
};

describe.each(Object.entries(PARTICIPANTS))('%s', (provider, { CASES, closeDesks }) => {
  let stood = 0;
  afterEach(closeDesks);
  afterAll(() => process.stdout.write(`provider contract: ${provider} stood ${stood} cases\n`));

  describe.each(CASES)('$name', (given) => {
    test.each(CONDITIONS.filter(({ applies }) => applies?.(given) ?? true))('$name', async (condition) => {
      expect.hasAssertions();
      await condition.holds(await given.arrange(condition.timeoutMs), given);
      stood += 1;
    });
  });
});

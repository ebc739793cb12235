import type { PROVIDER_ENTRIES } from '../../activities/providers.ts';
import { share } from '../setup/sample.ts';
import { CONDITIONS, type ContractCase } from './contract.ts';
import { READING_CONDITIONS, type ReadingCase } from './readings.ts';

interface Participant {
  CASES: ContractCase[];
  READINGS: ReadingCase[];
  closeDesks: () => Promise<void>;
}

/** A new provider joins with one line; one that is hosted and has none does not compile. */
const PARTICIPANTS: Record<keyof typeof PROVIDER_ENTRIES | 'skeleton', Participant> = {
  defentry: { ...(await import('./defentry/cases.ts')), ...(await import('./defentry/readings.ts')) },
  'tulo-payway': { ...(await import('./tulo-payway/cases.ts')), ...(await import('./tulo-payway/readings.ts')) },
  facilioo: { ...(await import('./facilioo/cases.ts')), ...(await import('./facilioo/readings.ts')) },
  skeleton: {
    ...(await import('../../examples/provider/test/cases.ts')),
    ...(await import('../../examples/provider/test/readings.ts')),
  },
};

describe.each(Object.entries(PARTICIPANTS))('%s', (provider, { CASES, READINGS, closeDesks }) => {
  let stood = 0;
  afterEach(closeDesks);
  afterAll(() => process.stdout.write(`provider contract: ${provider} stood ${stood} cases\n`));

  describe.each(CASES.map((given, index) => ({ ...given, index })))('$name', ({ index, ...given }) => {
    const conditions = CONDITIONS.filter(({ applies }) => applies?.(given) ?? true);
    test.each(share(conditions, index, 9))('$name', async (condition) => {
      expect.hasAssertions();
      await condition.holds(await given.arrange(), given);
      stood += 1;
    });
  });

  describe.each(READINGS.map((given, index) => ({ ...given, index })))('$name', ({ index, ...given }) => {
    const conditions = READING_CONDITIONS.filter(({ applies }) => applies?.(given) ?? true);
    test.each(share(conditions, index, 9))('$name', async (condition) => {
      expect.hasAssertions();
      await condition.holds(await given.arrange(), given);
      stood += 1;
    });
  });
});

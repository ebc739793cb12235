import { OnboardingClient } from '../../client/index.ts';
import { eventually } from '../workflows/suite.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { openCommandSuite, type CommandSuite, type Ran } from './suite.ts';
import { singleRequest } from '../client/suite.ts';

let suite: CommandSuite;
beforeEach(async () => {
  suite = await openCommandSuite(5000);
});

test('status tells what Temporal knows when no worker answers', async () => {
  const nobody = new OnboardingClient(suite.temporal.client, { taskQueue: `nobody-${process.pid}` });
  const { reference } = await nobody.start(singleRequest());
  const shown = await suite.onboard(['status', reference]);
  expect(shown).toMatchObject({ code: 0, stderr: expect.stringContaining('No worker answered within 5 s;') });
  expect(shown.stdout).toContain(`defentry/${reference}`);
  const { json } = await suite.onboard(['status', reference, '--json']);
  expect(json).toEqual([
    {
      run: expect.objectContaining({ reference, status: 'running', stage: 'checkRequest' }),
      problem: { code: 'WorkerUnavailable', message: expect.any(String) },
    },
  ]);
  expect(await suite.onboard(['resend', reference])).toMatchObject({ code: 5, stdout: '' });
  await nobody.cancel('defentry', reference);
  await suite.close();
});

test('attention lists what hangs also when its worker is gone', async () => {
  suite.provider.fail('createAccount', permanent('Invalid'));
  const { reference } = await suite.onboardings.start(singleRequest());
  const mine = ({ json }: Ran) => json.find(({ run }) => run?.reference === reference);
  const attention = () => suite.onboard(['attention', '--json']);
  expect(mine(await eventually(attention, (ran) => mine(ran) !== undefined))).toHaveProperty(
    'attention.code',
    'Invalid',
  );
  await suite.close();
  const ran = await attention();
  expect(mine(ran)).toEqual({
    run: expect.objectContaining({ stage: 'createAccount', waitingFor: 'operator' }),
    problem: { code: 'WorkerUnavailable', message: expect.any(String) },
  });
  expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('No worker answered within 5 s;') });
});

import { execFile } from 'node:child_process';
import { makeKey } from '../../encryption/key-ring.ts';
import { compiled } from '../setup/compiled.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command as a process of its own, by its real entry. */
function onboard(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const { PATH = '' } = process.env;
  const settings = {
    PATH,
    TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS']!,
    ONBOARDING_KEYS: makeKey(),
    ...env,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiled('cli/main.js'), ...args],
      { env: settings, timeout: 120_000 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
  });
}

test('reads its settings from the environment and ends by itself', async () => {
  // Whatever other tests leave on the server: a run that has come to an outcome was not terminated.
  const listed = await onboard(['list', '--json', '--outcome', 'rejected', '--status', 'terminated']);
  expect(listed).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a missing key is a wrong setting', async () => {
  const ran = await onboard(['list'], { ONBOARDING_KEYS: '' });
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^No encryption key: set ONBOARDING_KEYS, /);
});

test('without a server it ends with 5 and says what to check', async () => {
  const ran = await onboard(['status', 'c-1'], { TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT1S' });
  expect(ran).toMatchObject({ code: 5, stdout: '' });
  expect(ran.stderr).toBe(
    'Temporal cannot be reached; check TEMPORAL_ADDRESS, TLS and whether the server runs, then try again.\n',
  );
});

test('worker hands its arguments on and ends with the worker’s code', async () => {
  const ran = await onboard(['worker', '--role', 'nobody']);
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('--role takes workflows, defentry');
});

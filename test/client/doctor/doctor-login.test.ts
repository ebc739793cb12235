import type * as DoctorLogin from '../../../client/doctor/doctor-login.ts';
import { createDefentrySandbox } from '../../../sandbox/defentry/index.ts';
import { makeKey } from '../../../encryption/key-ring.ts';
import { compiled } from '../../setup/compiled.ts';

// It starts the worker that lies beside it.
const { checkLogin }: typeof DoctorLogin = await import(compiled('client/doctor/doctor-login.js'));

const sandbox = createDefentrySandbox();
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  env = {
    PATH: process.env['PATH'],
    ONBOARDING_KEYS: makeKey(),
    DEFENTRY_BASE_URL: await sandbox.listen(),
    DEFENTRY_USERNAME: 'service@partner.example',
    DEFENTRY_PASSWORD: 'sandbox-password',
  };
});
afterAll(() => sandbox.close());

test('the login that is set here is tried by a worker process', async () => {
  expect(await checkLogin('defentry', env)).toEqual({
    check: 'provider login',
    state: 'ok',
    detail: 'defentry takes it',
  });
});

test('a login that is refused is named by its code, with what to do', async () => {
  expect(await checkLogin('defentry', { ...env, DEFENTRY_PASSWORD: 'another-one' })).toEqual({
    check: 'provider login',
    state: 'failed',
    detail: 'defentry cannot be logged in at (Unauthorized)',
    remedy:
      'Check the DEFENTRY_… variables and whether the provider can be reached; onboard worker --check --role defentry says more.',
  });
});

test('a wrong setting fails too', async () => {
  expect(await checkLogin('defentry', { ...env, DEFENTRY_BASE_URL: 'nonsense' })).toMatchObject({
    state: 'failed',
    detail: 'defentry cannot be logged in at (ConfigInvalid)',
  });
});

test('without the provider’s variables there is nothing to try', async () => {
  expect(await checkLogin('defentry', { PATH: process.env['PATH'] })).toMatchObject({
    state: 'skipped',
    detail: 'no DEFENTRY_… variable is set here; run doctor with the environment of the worker to try it',
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parseReference } from '../../cli/reference.ts';
import { CHANGE_KINDS } from '../../contract/change.ts';
import { PERSON_PATHS, REQUEST_PATHS } from '../../client/requests/correction.ts';
import { onboardOffline } from './suite.ts';
import { REFUSED } from '../client/requests/bytes.ts';
import { validRequest } from '../client/requests.ts';

const CANARY = 'CANARY-7f3a';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'onboard-'));
  await writeFile(path.join(folder, 'broken.json'), `{\n  "provider": "defentry",\n  "x": ${CANARY}\n}`);
  const bad = { ...validRequest(), kind: 'couple', colour: CANARY };
  await writeFile(path.join(folder, 'bad.json'), JSON.stringify(bad));
});
afterAll(() => rm(folder, { recursive: true }));

describe('wrong usage ends with 2, one sentence, and nothing started', () => {
  test.each([
    [['dance'], "error: unknown command 'dance'"],
    [['status'], "error: missing required argument 'ref'"],
    [['status', 'c-1', '--colour'], "error: unknown option '--colour'"],
    [['status', 'c-1', 'c-2'], "error: too many arguments for 'status'"],
    [['list', '--provider', 'acme'], 'Allowed choices are defentry, tulo-payway, facilioo.'],
    [['resolve', 'c-1', 'identify', 'hope'], 'Allowed choices are retry, skip, abort.'],
    [['watch', 'a/b/c'], 'REF: must name a customer, not a member, for this command; leave the member out.'],
    [
      ['status', 'a/b/c/d'],
      'PROVIDER/REFERENCE/MEMBER, change/PROVIDER/REFERENCE, offboarding/PROVIDER/REFERENCE, erasure/PROVIDER/REFERENCE or REFERENCE; correct it.',
    ],
    [['change', 'c-1'], 'KIND: is missing; add it ("onboard change --help" tells all), or name a .json file'],
    [['change', 'c-1', 'dance'], 'change.kind: must be one of change-email, delete-email, '],
    [
      ['change', 'c-1', 'change-email'],
      'change-email: needs EMAIL; correct it, for example: onboard change customer-4711 change-email maja@example.com.',
    ],
    [['change', 'c-1', 'activate', 'now'], 'activate: takes no value; correct it.'],
    [['change', 'c-1', 'update-profile', 'phone'], 'update-profile: needs FIELD=VALUE…; correct it, for example: '],
    [['change', 'c-1', 'change-rights', 'admin=maybe'], 'change.rights.admin: must be true or false;'],
    [['change', 'c-1', 'add-watchlist-item', 'email', 'x'], 'change.item.value: must be an e-mail address;'],
    [
      ['change', 'c-1', 'activate', '--id', 'a b'],
      'changeId: must be 1 to 64 letters, digits, "_" or "-"; correct it.',
    ],
    [['change', 'c-1', 'activate', '--if-busy', 'hope'], 'Allowed choices are wait, refuse.'],
    [['change', 'change/defentry/c-1', 'activate'], 'REF: must name a customer for this command;'],
    [['offboard', 'c-1', '--keep-for', '30 days', '--yes'], 'keepFor: must be an ISO 8601 duration of at most P3650D'],
    [['erase', '19800315-1234'], 'reference: '],
    [['offboard', 'c-1'], '--yes: is missing, and nobody is here to be asked; add it if you are sure.'],
    [['cancel', 'defentry/c-1/partner'], 'REF: must name a customer, not a member, for this command;'],
    [['correct', 'change/defentry/c-1', 'person.email'], 'REF: must name a customer or a member for this command;'],
    [['watch', 'change/defentry/c-1'], 'REF: must name a customer for this command; leave "change" out.'],
    [['resolve', 'c-1', 'identify', 'retry', '--by', 'me'], '--reason: is missing; say why you decide so'],
    [['resolve', 'c-1', 'identify', 'retry', '--dry-run'], 'belong to --all; add it, or leave them out.'],
    [['resolve', 'c-1'], 'REF, STEP, ACTION: name all three, or take --all ACTION;'],
    [
      ['resolve', '--all', 'retry', '--reason', 'x', '--by', 'me'],
      'request: must have at least one of provider, reference, step, code, olderThan',
    ],
    [['resolve', '--all', 'retry', '--older-than', 'P1W', '--dry-run'], 'olderThan: must be an ISO 8601 duration'],
    [['resolve', 'c-1', '--all', 'retry'], 'REF: --all is for all that fit;'],
    [['resolve', '--all', 'retry', '--call', '1'], '--call: belongs to one run; leave it out with --all.'],
    [['resolve', 'c-1', 'identify', 'retry', '--call', '0'], 'It must be a whole number of 1 or more'],
    [['attention', '--step', 'dance'], 'step: must be one of checkRequest, '],
    [['start', '/nowhere.json'], 'FILE: cannot be read (ENOENT); check its path and rights.'],
  ])('onboard %j', async (args, sentence) => {
    const ran = await onboardOffline(args);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(sentence);
  });

  test.each([
    [[CANARY]],
    [['status', 'c-1', `--${CANARY}`]],
    [['status', 'c-1', CANARY]],
    [['list', '--provider', `${CANARY}'s`]],
    [['resolve', 'c-1', 'identify', CANARY]],
    [['resolve', '--all', CANARY]],
    [['resolve', '--all', 'retry', '--code', `${CANARY}@`, '--dry-run']],
    [['change', CANARY]],
    [['change', 'c-1', `${CANARY}@x.se`]],
    [['change', 'c-1', 'change-email', CANARY]],
    [['change', 'c-1', 'change-email', CANARY, CANARY]],
    [['change', 'c-1', 'update-profile', `phone=${CANARY}`]],
    [['change', 'c-1', 'update-profile', `${CANARY}=1`]],
    [['change', 'c-1', 'add-watchlist-item', CANARY, 'x']],
    [['change', 'c-1', 'activate', '--if-busy', CANARY]],
    [['offboard', 'c-1', '--keep-for', CANARY, '--yes']],
  ])('personal data in the wrong place is not repeated: %#', async (args) => {
    const ran = await onboardOffline(args);
    expect(ran.code).toBe(2);
    expect(ran.stdout + ran.stderr).not.toMatch(/CANARY|7f3a/);
  });

  test('a file that is no JSON is not quoted', async () => {
    const file = path.join(folder, 'broken.json');
    const ran = await onboardOffline(['start', file]);
    expect(ran).toMatchObject({ code: 2, stderr: 'FILE: must be JSON; correct it.\n' });
  });

  test.each(REFUSED)('%s in a file or the standard input is refused by name', async (_, bytes, sentence) => {
    const file = path.join(folder, 'encoded.json');
    const person = { firstName: 'Åsa', lastName: 'Öberg' };
    await writeFile(file, bytes(validRequest({ person })));
    expect(await onboardOffline(['start', file])).toMatchObject({ code: 2, stderr: `FILE: ${sentence}\n` });
    const typed = Readable.from([bytes({ person })]);
    expect(await onboardOffline(['start', '-'], typed)).toMatchObject({
      code: 2,
      stderr: `standard input: ${sentence}\n`,
    });
  });

  test('a byte order mark is taken off, of a file and of the standard input', async () => {
    const file = path.join(folder, 'marked.json');
    const marked = '\ufeff{"kind":"couple"}';
    await writeFile(file, marked);
    for (const [args, input] of [
      [['start', file], ''],
      [['start', '-'], marked],
    ] as const) {
      const ran = await onboardOffline([...args], input);
      expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('kind: must be one of single') });
    }
  });

  test('each bad field is one line', async () => {
    const ran = await onboardOffline(['start', path.join(folder, 'bad.json')]);
    expect(ran.code).toBe(2);
    expect(ran.stderr.split('\n')).toEqual([
      'kind: must be one of single, business, family; correct it.',
      'colour: is not a known field; correct its name or remove it.',
      '',
    ]);
  });

  test('with --json the error is a document with code and problems', async () => {
    const ran = await onboardOffline(['start', '-', '--json'], CANARY);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse(ran.stderr)).toEqual({
      error: { code: 'RequestInvalid', problems: ['standard input: must be JSON; correct it.'] },
    });
  });
});

test('the help of change has an example of every kind', async () => {
  const ran = await onboardOffline(['change', '--help']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  for (const kind of CHANGE_KINDS) expect(ran.stdout).toContain(`  onboard change customer-4711 ${kind}`);
});

test('the help of correct has every path', async () => {
  const ran = await onboardOffline(['correct', '--help']);
  expect(ran.stdout.split('\n').map((line) => line.trim())).toEqual(
    expect.arrayContaining([...REQUEST_PATHS, ...PERSON_PATHS]),
  );
});

test('help ends with 0 and tells commands and exit codes', async () => {
  const ran = await onboardOffline(['--help']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  for (const word of ['start', 'attention', 'doctor', 'Exit codes:', 'ONBOARDING_KEYS'])
    expect(ran.stdout).toContain(word);
});

test.each([
  ['c-1', { provider: 'defentry', reference: 'c-1' }],
  ['facilioo/c-1', { provider: 'facilioo', reference: 'c-1' }],
  ['change/facilioo/c-1', { type: 'change', provider: 'facilioo', reference: 'c-1' }],
  ['offboarding.facilioo.c-1', { type: 'offboarding', provider: 'facilioo', reference: 'c-1' }],
  ['facilioo.c-1', { provider: 'facilioo', reference: 'c-1' }],
  ['onboarding.facilioo.c-1', { provider: 'facilioo', reference: 'c-1' }],
  ['facilioo/c-1/m-1', { provider: 'facilioo', reference: 'c-1', member: 'm-1' }],
  ['onboarding.facilioo.c-1.member.m-1', { provider: 'facilioo', reference: 'c-1', member: 'm-1' }],
])('REF %s', (ref, address) => expect(parseReference(ref, 'defentry')).toEqual({ type: 'onboarding', ...address }));

import { checkChange, checkOffboarding, RequestInvalid } from '../../../client/index.ts';
import { CHANGE_KINDS, type AccountChange } from '../../../contract/change.ts';

const CANARY = 'CANARY-7f3a';
const asked = { provider: 'defentry', reference: 'c-1', changeId: 'ticket-7' };
const member = { reference: 'partner', person: { firstName: 'Bo', lastName: 'Berg', email: 'bo@example.com' } };
const item = { kind: 'email', value: 'maja@example.com' } as const;

const GOOD: AccountChange[] = [
  { kind: 'change-email', email: 'maja@example.com' },
  { kind: 'delete-email' },
  { kind: 'change-supervisor', supervisorId: '7' },
  { kind: 'change-rights', rights: { admin: true, viewAllRepresentations: false } },
  { kind: 'set-password', by: 'reset-mail' },
  { kind: 'upgrade-plan', planId: '2' },
  { kind: 'downgrade-plan', planId: '1' },
  { kind: 'update-profile', profile: { phone: '+46701234567', languageCode: 'sv' } },
  { kind: 'activate' },
  { kind: 'deactivate' },
  { kind: 'ssn-monitoring-on' },
  { kind: 'ssn-monitoring-off' },
  { kind: 'add-watchlist-item', item },
  { kind: 'remove-watchlist-item', item },
  { kind: 'add-member', member },
  { kind: 'remove-member', member },
  { kind: 'invite-member', member },
];

function problemsOf(check: (input: unknown) => unknown, input: unknown): string[] {
  try {
    check(input);
    return [];
  } catch (error) {
    if (error instanceof RequestInvalid) return error.problems;
    throw error;
  }
}

test.each(GOOD)('takes $kind as it is', (change) => {
  expect(checkChange({ ...asked, change })).toEqual({ ...asked, change });
});

test('knows every kind', () => expect(GOOD.map(({ kind }) => kind)).toEqual(CHANGE_KINDS));

const ID = 'must be 1 to 64 letters, digits, "_" or "-"; correct it.';

test.each<[object, string[]]>([
  [{ reference: undefined }, ['reference: is missing; add it.']],
  [{ reference: 'c 1' }, [`reference: ${ID}`]],
  [{ changeId: undefined }, ['changeId: is missing; add it.']],
  [{ changeId: CANARY.repeat(9) }, [`changeId: ${ID}`]],
  [
    { changeId: '19900101-1234' },
    [
      'changeId: looks like a national ID, and it stands in logs and lists; use a key of your own without personal data, or one that "onboard reference new" makes.',
    ],
  ],
  [{ ifBusy: CANARY }, ['ifBusy: must be one of wait, refuse; correct it.']],
  [{ by: '' }, ['by: must be 1 to 400 characters without line breaks; correct it.']],
  [{ reason: CANARY.repeat(50) }, ['reason: must be 1 to 500 characters; correct it.']],
  [{ accountId: '' }, ['accountId: must be 1 to 64 characters without line breaks; correct it.']],
  [
    { policy: { emailChanged: { deadline: CANARY } } },
    ['policy.emailChanged.deadline: must be an ISO 8601 duration from PT1S to P3650D, such as PT10M; correct it.'],
  ],
  [{ policy: { atAbort: 'keep' } }, ['policy.atAbort: is not a known field; correct its name or remove it.']],
  [{ change: undefined }, ['change: is missing; add it.']],
  [{ change: CANARY }, ['change: must be an object; correct it.']],
])('refuses %j', (changes, problems) => {
  const input = { ...asked, change: { kind: 'activate' }, ...changes };
  expect(problemsOf(checkChange, input)).toEqual(problems);
});

test.each<[object, string[]]>([
  [{ kind: CANARY }, [`change.kind: must be one of ${CHANGE_KINDS.join(', ')}; correct it.`]],
  [{ kind: 'change-email' }, ['change.email: is missing; add it.']],
  [{ kind: 'change-email', email: CANARY }, ['change.email: must be an e-mail address; correct it.']],
  [{ kind: 'delete-email', email: CANARY }, ['change.email: is not a known field; correct its name or remove it.']],
  [{ kind: 'delete-email', [CANARY]: 1 }, ['change: has a field whose name looks like data; remove it.']],
  [{ kind: 'set-password', by: CANARY }, ['change.by: must be one of generated, reset-mail; correct it.']],
  [{ kind: 'change-rights', rights: {} }, ['change.rights: must have at least one right; add it.']],
  [
    { kind: 'change-rights', rights: { admin: CANARY } },
    ['change.rights.admin: must be true or false; correct it or leave it out.'],
  ],
  [{ kind: 'update-profile', profile: {} }, ['change.profile: must have at least one field to change; add it.']],
  [
    // An SSN comes at creation or by the person's own eID, an address has a kind of its own.
    { kind: 'update-profile', profile: { firstName: 'Maja', ssn: CANARY, email: CANARY } },
    ['ssn', 'email'].map((name) => `change.profile.${name}: is not a known field; correct its name or remove it.`),
  ],
  [
    { kind: 'add-watchlist-item', item: { kind: 'email', value: CANARY } },
    ['change.item.value: must be an e-mail address; correct it or leave it out.'],
  ],
  [
    { kind: 'remove-watchlist-item', item: { kind: 'credit-card', value: CANARY } },
    ['change.item.value: must be the number of a card, with a check digit that fits; correct it or leave it out.'],
  ],
  [{ kind: 'remove-member', member: 'partner' }, ['change.member: must be an object; correct it.']],
])('refuses the change %j', (change, problems) => {
  const found = problemsOf(checkChange, { ...asked, change });
  expect(found).toEqual(problems);
  expect(found.join()).not.toContain(CANARY);
});

const customer = { provider: 'defentry', reference: 'c-1' };

test('takes an offboarding as it is', () => {
  const words = { by: 'dpo', reason: 'the customer asked for it' };
  const request = { ...customer, accountId: '7', keepFor: 'P30D', policy: { undoWithin: 'PT1H' }, ...words };
  expect(checkOffboarding(request)).toEqual(request);
});

test.each<[object, string]>([
  [{ reference: undefined }, 'reference: is missing; add it.'],
  [
    { keepFor: '30 days' },
    'keepFor: must be an ISO 8601 duration of at most P3650D, such as P14D or PT10M; correct it.',
  ],
  [{ keep: CANARY }, 'keep: is not a known field; correct its name or remove it.'],
])('refuses the offboarding %j', (changes, problem) => {
  expect(problemsOf(checkOffboarding, { ...customer, ...changes })).toEqual([problem]);
});

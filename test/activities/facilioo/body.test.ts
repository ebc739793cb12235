import { accountBody, normalRequest, partyBody } from '../../../activities/facilioo/body.ts';
import { requestFor } from './desk.ts';

const CONFIG = { accountGroupId: 12, partyId: 1 };
const NAMELESS = { firstName: '' };

test.each<[string, ReturnType<typeof requestFor>, object]>([
  ['row 1: an address without blanks and capitals', requestFor({}, { email: ' Erika@Example.COM ' }), {}],
  ['row 3: no first name', requestFor({}, NAMELESS), { firstName: undefined }],
  ['row 5: a theme', requestFor({ theme: 'dark' }), { theme: 1 }],
  ['row 7: the configured group', requestFor(), { accountGroupId: 12 }],
  ['row 7: the group of the request', requestFor({ planId: '7' }), { accountGroupId: 7 }],
  ['row 11: our reference as external id', requestFor({ reference: 'ref-2' }), { externalId: 'ref-2' }],
])('an account’s creation, section 4.2 %s, and no other field', (_, request, rest) => {
  expect(accountBody(request, 4000, CONFIG)).toEqual({
    email: 'erika@example.com',
    partyId: 4000,
    firstName: 'Erika',
    lastName: 'Muster',
    accountGroupId: 12,
    externalId: 'ref-1',
    ...rest,
  });
});

test.each([
  ['both names', requestFor(), { primaryName: 'Erika', secondaryName: 'Muster' }],
  ['one name', requestFor({}, NAMELESS), { secondaryName: 'Muster' }],
])(
  'a party’s creation, section 6.2: type User, %s, and e-mail as its channel, never a push message alone',
  (...args) => {
    const [, request, names] = args;
    expect(partyBody(request)).toEqual({
      accountRole: 7,
      ...names,
      partyExternalId: 'ref-1',
      contactByEmail: true,
      contactByMail: false,
      contactByPush: false,
    });
  },
);

test('a checked request names its group and party, and holds nothing that facilioo has no field for (section 4.2)', () => {
  const { holderId: _, ...request } = requestFor({}, { firstName: ' Erika ', languageCode: 'de', countryCode: 'DE' });
  expect(normalRequest(request, CONFIG)).toEqual({
    ...request,
    planId: '12',
    holderId: '1',
    person: { firstName: 'Erika', lastName: 'Muster', email: 'erika@example.com' },
  });
});

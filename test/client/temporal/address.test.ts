import { expect, test } from 'vitest';
import { addressOf } from '../../../client/temporal/address.ts';
import { RequestInvalid } from '../../../client/index.ts';

const ONBOARDING = { type: 'onboarding', provider: 'defentry', reference: 'c-1' } as const;

test('a run is named in words and by its workflow id', () => {
  expect(addressOf(ONBOARDING)).toEqual({ address: 'defentry/c-1', workflowId: 'onboarding.defentry.c-1' });
  expect(addressOf({ ...ONBOARDING, member: 'm-1' })).toEqual({
    address: 'defentry/c-1/m-1',
    workflowId: 'onboarding.defentry.c-1.member.m-1',
  });
});

test('a change and an offboarding too', () => {
  const customer = { provider: 'defentry', reference: 'c-1' };
  expect(addressOf({ type: 'change', ...customer })).toEqual({
    address: 'change/defentry/c-1',
    workflowId: 'change.defentry.c-1',
  });
  expect(addressOf({ type: 'offboarding', ...customer }).workflowId).toBe('offboarding.defentry.c-1');
});

// Whoever types a national ID to find a customer must not send it to Temporal, nor read it again in an error.
test.each([
  ['19800315-1234', undefined, 'reference: looks like a national ID; name the customer by your own key.'],
  ['198003151234', undefined, 'reference: looks like a national ID; name the customer by your own key.'],
  ['0701-740605', undefined, 'reference: looks like a phone number; name the customer by your own key.'],
  ['c-1', '19800315-1234', 'member: looks like a national ID; name the customer by your own key.'],
  ['maja@example.com', undefined, 'reference: must be 1 to 64 letters, digits, "_" or "-"; correct it.'],
])('personal data is no name of a run: %#', (reference, member, problem) => {
  const run = { ...ONBOARDING, reference, ...(member !== undefined && { member }) };
  expect(() => addressOf(run)).toThrow(new RequestInvalid([problem]));
});

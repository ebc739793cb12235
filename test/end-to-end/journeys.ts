import type { AccountChange } from '../../contract/change.ts';
import { WATCHLIST_KINDS, type OnboardingRequest } from '../../contract/request.ts';
import { WATCHED } from '../activities/defentry/watched.ts';
import type { Asked } from './live.ts';
import { familyRequest, newPerson, singleRequest } from './requests.ts';

type Counts = Record<string, number>;

/** One request in the life of an account, and what it does at the provider. */
export interface Stage {
  ask: Asked;
  /** What people do meanwhile, by the kind of their mail; the customer unless it is a member who has it. */
  people?: { kind: string; member?: string }[];
  /** The calls that change something, as the sandbox registers them. */
  calls: string[];
  /** What the ledger has of it. */
  effects: Counts;
  /** What happens once more when the answers are lost: harmless, as the provider's README says. */
  again?: Counts;
  /** Outcome or status, with the code if there is one. */
  end: string;
}

/** The life of one account. Journeys at one provider may be lived at once: but for their last stages they share no call. */
export interface Journey {
  name: string;
  request: () => OnboardingRequest;
  stages: Stage[];
}

/** The first account of a sandbox. */
const SUPERVISOR = '1';

const ACCOUNT = '/api/v1/account/:account_id';
const member = (reference: string) => ({ reference, person: newPerson() });

function change(ask: AccountChange, call: string, effects: Counts, more: Partial<Stage> = {}): Stage {
  return { ask, calls: [call], effects, end: 'done', ...more };
}

function atDefentry(): Journey[] {
  const watched = { kind: 'email', value: 'also-watched@example.com' } as const;
  const card = { kind: 'credit-card', value: '5555 5555 5555 4444' } as const;
  const lists = WATCHLIST_KINDS.map((kind) => `${ACCOUNT}/${kind}-watchlist`);
  const m2 = member('m2');
  return [
    {
      name: 'a business at Defentry, and what is known of it',
      request: () =>
        singleRequest({
          kind: 'business',
          company: { name: 'Berg AB', organizationNumber: '556468-3984' },
          person: { ...newPerson(), phone: '+46701234567' },
        }),
      stages: [
        {
          ask: 'onboarding',
          people: [{ kind: 'confirm-email' }],
          calls: ['POST /api/v1/account/business'],
          effects: { 'account.created': 1, 'mail.sent': 1, 'email.confirmed': 1, 'account.activated': 1 },
          end: 'completed',
        },
        change({ kind: 'update-profile', profile: { firstName: 'Eva' } }, `PATCH ${ACCOUNT}`, { 'account.updated': 1 }),
        change(
          { kind: 'change-email', email: newPerson().email },
          `POST ${ACCOUNT}/change-email`,
          { 'email.changed': 1, 'mail.sent': 1, 'email.confirmed': 1, 'account.activated': 1 },
          { people: [{ kind: 'confirm-email' }] },
        ),
        change(
          { kind: 'change-supervisor', supervisorId: SUPERVISOR },
          `POST ${ACCOUNT}/change-supervisor`,
          { 'supervisor.changed': 1 },
          { end: 'done NotReadable' },
        ),
        change(
          { kind: 'set-password', by: 'generated' },
          `POST ${ACCOUNT}/password`,
          { 'password.set': 1 },
          { again: { 'password.set': 1 }, end: 'done NotReadable' },
        ),
        change({ kind: 'upgrade-plan', planId: '2' }, 'POST /api/v1/account/upgrade', { 'plan.changed': 1 }),
        change({ kind: 'downgrade-plan', planId: '1' }, 'POST /api/v1/account/downgrade', { 'plan.changed': 1 }),
        change({ kind: 'deactivate' }, `POST ${ACCOUNT}/deactivate`, { 'account.deactivated': 1 }),
        change({ kind: 'activate' }, `POST ${ACCOUNT}/activate`, { 'account.activated': 1 }),
        change({ kind: 'delete-email' }, `PATCH ${ACCOUNT}/delete-email`, { 'email.deleted': 1 }),
        {
          ask: 'offboarding',
          calls: [`POST ${ACCOUNT}/deactivate`, `DELETE ${ACCOUNT}`],
          effects: { 'account.deactivated': 1, 'account.deleted': 1 },
          end: 'removed',
        },
      ],
    },
    {
      name: 'a family at Defentry, and what hangs on it',
      request: () => familyRequest({ watchlists: WATCHED }),
      stages: [
        {
          ask: 'onboarding',
          people: [{ kind: 'confirm-email' }, { kind: 'invitation', member: 'm1' }],
          calls: [
            'POST /api/v1/account',
            `POST ${ACCOUNT}/member`,
            `POST ${ACCOUNT}/invite`,
            `PATCH ${ACCOUNT}/ssn-monitoring/activate`,
            ...lists.map((list) => `POST ${list}`),
          ],
          effects: {
            'account.created': 1,
            'ssn.written': 1,
            'mail.sent': 2,
            'email.confirmed': 1,
            'account.activated': 2,
            'member.added': 1,
            'invitation.sent': 1,
            'invitation.accepted': 1,
            'monitoring.on': 1,
            'watchlist.added': WATCHED.length,
          },
          end: 'completed',
        },
        change({ kind: 'ssn-monitoring-off' }, `PATCH ${ACCOUNT}/ssn-monitoring/deactivate`, { 'monitoring.off': 1 }),
        change({ kind: 'ssn-monitoring-on' }, `PATCH ${ACCOUNT}/ssn-monitoring/activate`, { 'monitoring.on': 1 }),
        change({ kind: 'add-watchlist-item', item: watched }, `POST ${ACCOUNT}/email-watchlist`, {
          'watchlist.added': 1,
        }),
        change({ kind: 'remove-watchlist-item', item: watched }, `DELETE ${ACCOUNT}/email-watchlist/:item_id`, {
          'watchlist.removed': 1,
        }),
        // Of the number only the last digits are shown, which prove nothing.
        change(
          { kind: 'add-watchlist-item', item: card },
          `POST ${ACCOUNT}/credit-card-watchlist`,
          { 'watchlist.added': 1 },
          { end: 'done NotReadable' },
        ),
        change({ kind: 'remove-watchlist-item', item: card }, `DELETE ${ACCOUNT}/credit-card-watchlist/:item_id`, {
          'watchlist.removed': 1,
        }),
        {
          ask: { kind: 'add-member', member: m2 },
          calls: [`POST ${ACCOUNT}/member`, `POST ${ACCOUNT}/invite`],
          effects: { 'member.added': 1, 'invitation.sent': 1, 'mail.sent': 1 },
          end: 'done',
        },
        change(
          { kind: 'invite-member', member: m2 },
          `POST ${ACCOUNT}/invite`,
          { 'invitation.sent': 1, 'mail.sent': 1 },
          { again: { 'invitation.sent': 1, 'mail.sent': 1 } },
        ),
        change({ kind: 'remove-member', member: m2 }, `DELETE ${ACCOUNT}`, { 'account.deleted': 1 }),
        {
          ask: 'offboarding',
          calls: [
            `DELETE ${ACCOUNT}`,
            ...lists.map((list) => `DELETE ${list}/:item_id`),
            `PATCH ${ACCOUNT}/ssn-monitoring/deactivate`,
            `POST ${ACCOUNT}/deactivate`,
          ],
          effects: {
            'account.deleted': 2,
            'watchlist.removed': WATCHED.length,
            'monitoring.off': 1,
            'account.deactivated': 1,
          },
          end: 'removed',
        },
      ],
    },
  ];
}

const PAYWAY = '/external/api';

function atPayway(): Journey {
  const m1 = member('m1');
  const m2 = member('m2');
  const toPlan = (kind: 'upgrade-plan' | 'downgrade-plan', planId: string): Stage => ({
    ask: { kind, planId },
    calls: [`POST ${PAYWAY}/v1/userproducts`, `PUT ${PAYWAY}/v1/userproducts`],
    effects: { 'product.activated': 1, 'product.deactivated': 1 },
    end: 'done',
  });
  return {
    name: 'a family at Tulo Payway',
    request: () =>
      singleRequest({
        provider: 'tulo-payway',
        kind: 'family',
        person: newPerson(),
        planId: 'digital',
        members: [m1],
      }),
    stages: [
      {
        ask: 'onboarding',
        people: [{ kind: 'verify-email' }, { kind: 'invitation' }],
        calls: [
          `POST ${PAYWAY}/v2/accounts`,
          `POST ${PAYWAY}/v1/userproducts`,
          `POST ${PAYWAY}/v1/accounts/share_subscription`,
          `POST ${PAYWAY}/v1/accounts/request_password_reset`,
        ],
        effects: {
          'account.created': 1,
          'mail.sent': 3,
          'email.confirmed': 1,
          'account.activated': 1,
          'product.activated': 1,
          'member.added': 1,
          'invitation.sent': 1,
          'invitation.accepted': 1,
        },
        again: { 'mail.sent': 1 },
        end: 'completed',
      },
      change({ kind: 'update-profile', profile: { firstName: 'Eva' } }, `PUT ${PAYWAY}/v2/accounts`, {
        'account.updated': 1,
      }),
      {
        ask: { kind: 'change-email', email: newPerson().email },
        people: [{ kind: 'verify-email' }],
        calls: [`PUT ${PAYWAY}/v2/accounts`, `POST ${PAYWAY}/v1/accounts/create_verification_request`],
        effects: { 'account.updated': 1, 'email.changed': 1, 'mail.sent': 1, 'email.confirmed': 1 },
        again: { 'mail.sent': 1 },
        end: 'done',
      },
      change(
        { kind: 'set-password', by: 'generated' },
        `POST ${PAYWAY}/v1/accounts/complete_password_reset`,
        { 'password.set': 1 },
        { again: { 'password.set': 1 }, end: 'done NotReadable' },
      ),
      change(
        { kind: 'set-password', by: 'reset-mail' },
        `POST ${PAYWAY}/v1/accounts/request_password_reset`,
        { 'mail.sent': 1 },
        { again: { 'mail.sent': 1 }, end: 'done NotReadable' },
      ),
      change({ kind: 'remove-member', member: m1 }, `DELETE ${PAYWAY}/v1/accounts/remove_sharing`, {
        'member.removed': 1,
      }),
      toPlan('upgrade-plan', 'single'),
      toPlan('downgrade-plan', 'digital'),
      change({ kind: 'add-member', member: m2 }, `POST ${PAYWAY}/v1/accounts/share_subscription`, {
        'member.added': 1,
        'invitation.sent': 1,
        'mail.sent': 1,
      }),
      {
        ask: 'offboarding',
        calls: [
          `DELETE ${PAYWAY}/v1/accounts/remove_sharing`,
          `PUT ${PAYWAY}/v1/userproducts`,
          `DELETE ${PAYWAY}/v1/accounts/archive`,
        ],
        effects: { 'member.removed': 1, 'product.deactivated': 1, 'account.archived': 1 },
        end: 'removed',
      },
    ],
  };
}

function atFacilioo(): Journey {
  return {
    name: 'a person at facilioo',
    // In the party of the login, which may change rights there.
    request: () => singleRequest({ provider: 'facilioo', person: newPerson(), holderId: '1' }),
    stages: [
      {
        ask: 'onboarding',
        calls: ['POST /api/accounts'],
        effects: { 'account.created': 1, 'mail.sent': 1 },
        end: 'completed',
      },
      change({ kind: 'change-rights', rights: { admin: true } }, 'PATCH /api/accounts/:id', {
        'account.updated': 1,
        'rights.changed': 1,
      }),
      { ask: 'offboarding', calls: [], effects: {}, end: 'kept' },
    ],
  };
}

/** Every workflow and every kind of change that a provider has. People and addresses are new each time. */
export function journeys(): Journey[] {
  return [...atDefentry(), atPayway(), atFacilioo()];
}

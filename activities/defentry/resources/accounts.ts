import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { listPage } from '../paging.ts';
import * as schemas from '../schemas.ts';
import { withoutSsn } from './bodies.ts';
import type { AccountChanges, NewAccount } from './bodies.ts';

const account = schemas.wrapped(schemas.account);

/** Accounts under the CRM token (Defentry contract, sections 3.1 to 3.8). */
export function accounts(send: Send) {
  return {
    create: (body: NewAccount) => send(at('POST /api/v1/account'), schemas.createdId, { body }),
    createBusiness: (body: NewAccount) => send(at('POST /api/v1/account/business'), schemas.createdId, { body }),
    checkUniqueness: (attribute: string, value: string) =>
      send(at('POST /api/v1/account/check-attribute-for-uniqueness'), schemas.uniqueness, {
        body: { attribute, value },
        mutates: false,
      }),

    list: (page: number) => listPage(send, at('GET /api/v1/accounts'), schemas.account, page),
    listV2: (page: number) => listPage(send, at('GET /api/v2/accounts'), schemas.account, page),
    get: (account_id: string) => send(at('GET /api/v1/account/{account_id}', { account_id }), account),
    showsSsn: (account_id: string, ssn: string) =>
      send(at('GET /api/v1/account/{account_id}', { account_id }), schemas.showsSsn(ssn)),
    getByExternalId: (externalId: string) =>
      send(at('GET /api/v1/account/external-id/{externalId}', { externalId }), account),
    getIdBySsn: (ssn: string) => send(at('GET /api/v1/account/get-id-by-ssn/{ssn}', { ssn }), schemas.accountId),

    update: async (account_id: string, changes: AccountChanges) =>
      send(at('PATCH /api/v1/account/{account_id}', { account_id }), none, { body: withoutSsn(changes) }),
    updateV2: async (account_id: string, changes: AccountChanges) =>
      send(at('PUT /api/v2/account/{account_id}', { account_id }), none, { body: withoutSsn(changes) }),
    changeEmail: (account_id: string, email: string) =>
      send(at('POST /api/v1/account/{account_id}/change-email', { account_id }), none, { body: { email } }),
    deleteEmail: (account_id: string) =>
      send(at('PATCH /api/v1/account/{account_id}/delete-email', { account_id }), none),
    changeSupervisor: (account_id: string, supervisor_id: string) =>
      send(at('POST /api/v1/account/{account_id}/change-supervisor', { account_id }), none, {
        body: { supervisor_id },
      }),
    setPassword: (account_id: string, password: string) =>
      send(at('POST /api/v1/account/{account_id}/password', { account_id }), none, {
        body: { password, password_confirmation: password },
      }),
    setPasswordV2: (account_id: string, password: string) =>
      send(at('POST /api/v2/account/password'), none, {
        body: { account_id, password, password_confirmation: password },
      }),
    resendConfirmEmail: (account_id: string) =>
      send(at('POST /api/v1/account/{account_id}/resend-confirm-email', { account_id }), none),

    activationStatus: (account_id: string) =>
      send(at('GET /api/v1/account/{account_id}/activation-status', { account_id }), schemas.activation),
    activate: (account_id: string) => send(at('POST /api/v1/account/{account_id}/activate', { account_id }), none),
    deactivate: (account_id: string) => send(at('POST /api/v1/account/{account_id}/deactivate', { account_id }), none),
    deactivateV2: (account_id: string) => send(at('POST /api/v2/account/deactivate'), none, { body: { account_id } }),
    upgrade: (account_id: string, plan_id: number) =>
      send(at('POST /api/v1/account/upgrade'), none, { body: { account_id, plan_id } }),
    downgrade: (account_id: string, plan_id: number) =>
      send(at('POST /api/v1/account/downgrade'), none, { body: { account_id, plan_id } }),
    remove: (account_id: string) => send(at('DELETE /api/v1/account/{account_id}', { account_id }), none),

    activateSsnMonitoring: (account_id: string) =>
      send(at('PATCH /api/v1/account/{account_id}/ssn-monitoring/activate', { account_id }), none),
    deactivateSsnMonitoring: (account_id: string) =>
      send(at('PATCH /api/v1/account/{account_id}/ssn-monitoring/deactivate', { account_id }), none),
  };
}

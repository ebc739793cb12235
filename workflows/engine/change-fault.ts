import type { ChangeKind } from '../../contract/change.ts';
import { CHANGE_KINDS } from '../../contract/change.ts';
import { isIdPart } from '../../contract/ids.ts';
import { isMemberRequest, isObject, isText } from './guards.ts';

type Fields = Record<string, unknown>;

/** What each kind must have; that it has no more is left to the client, which has validated before. */
const HAS: Record<ChangeKind, (change: Fields) => boolean> = {
  'change-email': ({ email }) => isText(email),
  'delete-email': nothing,
  'change-supervisor': ({ supervisorId }) => isText(supervisorId),
  'change-rights': ({ rights }) => isObject(rights),
  'set-password': ({ by }) => by === 'generated' || by === 'reset-mail',
  'upgrade-plan': ({ planId }) => isText(planId),
  'downgrade-plan': ({ planId }) => isText(planId),
  'update-profile': ({ profile }) => isObject(profile),
  activate: nothing,
  deactivate: nothing,
  'ssn-monitoring-on': nothing,
  'ssn-monitoring-off': nothing,
  'add-watchlist-item': hasItem,
  'remove-watchlist-item': hasItem,
  'add-member': hasMember,
  'remove-member': hasMember,
  'invite-member': hasMember,
};

/** Why this is no request for a change: a sentence without personal data, or `undefined` when it is one. */
export function changeFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'change: must be a request for a change.';
  const { changeId, change, ifBusy, fingerprint } = value;
  if (typeof changeId !== 'string' || !isIdPart(changeId)) return 'changeId: must match [A-Za-z0-9_-]{1,64}.';
  if (ifBusy !== 'wait' && ifBusy !== 'refuse') return 'ifBusy: must be wait or refuse.';
  if (fingerprint !== undefined && !isText(fingerprint)) return 'fingerprint: must be a short text; leave it out.';
  if (!isObject(change)) return 'change: must be an object with a kind.';
  const kind = CHANGE_KINDS.find((one) => one === change.kind);
  if (kind === undefined) return `change.kind: must be one of ${CHANGE_KINDS.join(', ')}.`;
  return HAS[kind](change) ? undefined : `change: lacks what ${kind} needs, or has it in another form.`;
}

function nothing(): boolean {
  return true;
}

function hasItem({ item }: Fields): boolean {
  return isObject(item) && isText(item.kind) && isText(item.value);
}

function hasMember({ member }: Fields): boolean {
  return isMemberRequest(member);
}

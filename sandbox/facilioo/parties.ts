import { z } from 'zod';
import { EARLIER_PARTY_TYPES, PARTY_FIELDS, PARTY_TYPE, PARTY_TYPES, type Caller, type Party } from './model.ts';
import type { FaciliooOptions } from './options.ts';
import type { State } from './state.ts';
import { invalid, parse, refuse, required } from './validation.ts';
import { partyWireName } from './view.ts';

const name = z.string().nullish();

/** What is enforced of 6.2; further fields are taken and not kept, since their names are not known (10). */
const partySchema = z.object({
  accountRole: z.literal(PARTY_TYPES),
  primaryName: name,
  secondaryName: name,
  ternaryName: name,
  quaternaryName: name,
  externalId: name,
  email: z.boolean(),
  push: z.boolean(),
  mail: z.boolean(),
});

function parseParty(body: Record<string, unknown>, options: FaciliooOptions): z.infer<typeof partySchema> {
  const { partyTypes, preferences } = options;
  const fields = PARTY_FIELDS.map((field) => [field, partyWireName(options, field)] as const);
  const wire = new Map<string, string>([...fields, ...Object.entries(preferences)]);
  const wireName = (field: string) => wire.get(field) ?? field;
  const named = Object.fromEntries([...wire].map(([field, name]) => [field, body[name]]));
  const given = parse(partySchema, named, wireName);
  if (partyTypes === 'earlier' && !EARLIER_PARTY_TYPES.includes(given.accountRole)) {
    refuse([invalid(wireName('accountRole'))]);
  }
  if (!given.primaryName && !given.secondaryName) {
    refuse([required(wireName('primaryName')), required(wireName('secondaryName'))]);
  }
  if (given.push && !given.email && !given.mail) refuse([invalid(preferences.push)]);
  return given;
}

/** First id of a created party; those below are in the options. */
const IDS_FROM = 1_000_000;

/** Creates a party (6.2). Assumption: what a company creates is managed by it. */
export function createParty(state: State, { account, party: creator }: Caller, body: Record<string, unknown>): Party {
  const given = parseParty(body, state.options);
  const now = state.now().toISOString();
  const party: Party = {
    id: String(IDS_FROM + state.parties.nextNumber()),
    accountRole: given.accountRole,
    primaryName: given.primaryName ?? null,
    secondaryName: given.secondaryName ?? null,
    ternaryName: given.ternaryName ?? null,
    quaternaryName: given.quaternaryName ?? null,
    externalId: given.externalId ?? null,
    managedBy: creator.accountRole === PARTY_TYPE.PropertyManagementCompany ? Number(creator.id) : null,
    created: now,
    lastModified: now,
    deleted: null,
  };
  state.parties.put(party);
  state.ledger.record('party.created', {
    accountId: account.id,
    itemId: party.id,
    externalId: party.externalId,
    kind: String(party.accountRole),
  });
  return party;
}

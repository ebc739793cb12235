import { defaultPayloadConverter, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { ConfirmationNeeded, RequestInvalid } from './errors.ts';
import type { Caller } from './temporal/caller.ts';
import { fingerprint } from './temporal/fingerprint.ts';

const { Payload } = proto.temporal.api.common.v1;

/** What the id is sealed for, in place of a workflow id. */
const PURPOSE = 'client/confirmation';
/** Milliseconds that the second person has. */
const GOOD_FOR = 24 * 3_600_000;

/** What is to be done at once. */
export interface Order {
  /** What would be done to what: anything else under the same id is refused. */
  what: object;
  /** To how many. */
  count: number;
  /** As it goes on record. */
  by?: string;
}

export interface Confirming {
  /** The id that the first person got. */
  confirm?: string;
  /** Who asks, where `by` is not proof of it: the caller of a gateway by its token. */
  who?: string;
}

interface Asked {
  print: string;
  who: string;
  by: string;
  until: number;
}

/**
 * Where a second person must confirm what is done to so many at once: fails `ConfirmationNeeded` with the id for the first, and answers for the
 * second what goes on record as `by`. Nothing is kept in between: the id is sealed, and says who has asked for what.
 */
export async function withSecondPerson(
  caller: Caller,
  { what, count, by }: Order,
  { confirm, who = by }: Confirming,
): Promise<string | undefined> {
  if (count <= caller.fourEyesAbove) return by;
  if (by === undefined || who === undefined) {
    throw new RequestInvalid(['by: is missing; say who you are, for a second person must confirm this.']);
  }
  const print = fingerprint(what);
  if (confirm === undefined) {
    const asked: Asked = { print, who, by, until: Date.now() + GOOD_FOR };
    throw new ConfirmationNeeded(count, await idOf(caller, asked));
  }
  const asked = await readId(caller, confirm);
  if (!asked || asked.until < Date.now()) throw refused('must be the id that the first person got within a day');
  if (asked.print !== print) throw refused('was given for another order, or what it is about has changed');
  if (asked.who === who) throw refused('must come from another person than the one who has asked');
  return `${asked.by}, confirmed by ${by}`;
}

function refused(rule: string): RequestInvalid {
  return new RequestInvalid([`confirm: ${rule}; look at a dry run and ask anew, without it.`]);
}

async function idOf(caller: Caller, asked: Asked): Promise<string> {
  const [sealed] = await codecOf(caller).encode([defaultPayloadConverter.toPayload(asked)], contextOf(caller));
  return Buffer.from(Payload.encode(sealed!).finish()).toString('base64url');
}

async function readId(caller: Caller, id: string): Promise<Asked | undefined> {
  try {
    const sealed = Payload.decode(Buffer.from(id, 'base64url'));
    const [opened] = await codecOf(caller).decode([sealed], contextOf(caller));
    return defaultPayloadConverter.fromPayload<Asked>(opened!);
  } catch {
    return undefined; // Sealed by nobody of us, for something else, or cut: it is no id, and that is said.
  }
}

function codecOf({ temporal }: Caller): PayloadCodec {
  return temporal.options.loadedDataConverter.payloadCodecs[0]!;
}

function contextOf({ temporal }: Caller) {
  return { type: 'workflow', namespace: temporal.options.namespace, workflowId: PURPOSE } as const;
}

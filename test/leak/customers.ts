import type { DefentrySandbox } from '../../sandbox/defentry/index.ts';

/** Nobody clicks before the call that sent the mail has been answered. */
const READS_FOR_MS = 2_000;

/** The people at the other end: who is willing confirms mails, accepts invitations and identifies. */
export class Customers {
  readonly #willing = new Set<string>();
  /** When each mail was seen first. */
  readonly #seen = new Map<string, number>();
  readonly #eids = new Map<string, string[]>();
  readonly #sandbox: DefentrySandbox;
  readonly #timer: NodeJS.Timeout;

  constructor(sandbox: DefentrySandbox) {
    this.#sandbox = sandbox;
    this.#timer = setInterval(() => this.#look(), 250);
  }

  /** By reference; of a member `customer.member`. */
  willing(...references: string[]): void {
    for (const each of references) this.#willing.add(each);
  }

  /** From now on. */
  unwilling(reference: string): void {
    this.#willing.delete(reference);
  }

  /** What the person does with one eID after the other: `cancel`, or the SSN that comes out. */
  identifies(reference: string, ...answers: string[]): void {
    this.#eids.set(reference, answers);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const accounts = this.#sandbox.ledger
      .entries()
      .map(({ accountId, externalId }) => [accountId, externalId] as const);
    const references = new Map(accounts);
    for (const { id, kind, accountId } of this.#sandbox.outbox.open()) {
      const reference = references.get(accountId) ?? '';
      if (kind === 'eid') this.#identify(id, this.#eids.get(reference));
      else if (this.#willing.has(reference) && this.#hasRead(id)) this.#sandbox.act(id);
    }
  }

  #hasRead(id: string): boolean {
    const since = this.#seen.get(id) ?? performance.now();
    this.#seen.set(id, since);
    return performance.now() - since >= READS_FOR_MS;
  }

  #identify(id: string, answers: string[] | undefined): void {
    const answer = answers?.shift();
    if (answer === undefined) return;
    if (answer === 'cancel') this.#sandbox.act(id, 'cancel');
    else this.#sandbox.act(id, 'approve', { ssn: answer });
  }
}

import { z } from 'zod';

/** An entry of the sandbox's ledger: something that really happened to an account. */
export const LEDGER = z.object({
  entries: z.array(z.object({ effect: z.string(), accountId: z.string(), ownerId: z.string().optional() })),
});

export type LedgerEntries = z.infer<typeof LEDGER>['entries'];

export interface Proof {
  effect: string;
  /** How often the request asks for it, and how often it happened. */
  wanted: number;
  found: number;
}

/** Compares what the request asks for with what happened to the account and its members: each effect exactly once. */
export function prove(wanted: Record<string, number>, accountId: string, entries: LedgerEntries): Proof[] {
  const own = entries.filter((entry) => entry.accountId === accountId || entry.ownerId === accountId);
  return Object.entries(wanted).map(([effect, count]) => ({
    effect,
    wanted: count,
    found: own.filter((entry) => entry.effect === effect).length,
  }));
}

export function isProven(proofs: Proof[]): boolean {
  return proofs.every(({ wanted, found }) => wanted === found);
}

import { ApplicationFailure } from '@temporalio/common';
import type { ContractCase } from './contract.ts';
import type { Fault, Ready } from './ready.ts';
import type { ReadingCase } from './readings.ts';

/** What stands in between may do to a call, or to the login that it needs. */
interface Ingress {
  name: string;
  fault: Fault;
  /** The login is answered so, which the call needs because its token has expired. */
  atLogin?: true;
  /** Says that it is done: only a read-back tells, so steps of which nothing can be read back are not asked. */
  isLie?: true;
  /** The vendor's own words, or a form of them that stays unreadable: a person may be called for at once. */
  isSaid?: true;
}

const page = (status: number, body: string, type: string, when: 'before' | 'after' = 'before'): Fault => ({
  kind: 'in-between',
  status,
  body,
  type,
  when,
});

const JSON_TYPE = 'application/json';
const HTML = '<html><body>Please wait</body></html>';
const TO_ELSEWHERE = { kind: 'in-between', status: 302, body: '', headers: { location: '/maintenance' } } as const;

/** `conflict`: the vendor's own, which is not true. */
export const ingressKinds = (conflict: string): Ingress[] => [
  { name: 'a 404 of an ingress', fault: { kind: 'in-between' } },
  { name: 'a 404 of an ingress that loses the answer', fault: page(404, HTML, 'text/html', 'after') },
  { name: 'an empty 404', fault: page(404, '', 'text/plain') },
  { name: 'a 410 of a proxy', fault: page(410, HTML, 'text/html') },
  { name: 'a 403 of a firewall', fault: page(403, HTML, 'text/html') },
  { name: 'a 400 of a proxy', fault: page(400, HTML, 'text/html') },
  { name: 'a 404 of the login', fault: { kind: 'in-between' }, atLogin: true },
  { name: 'a page of the login', fault: page(200, HTML, 'text/html'), atLogin: true },
  { name: 'a 409 of the login', fault: page(409, '', 'text/plain'), atLogin: true },
  { name: 'a 409 that is a page', fault: page(409, HTML, 'text/html') },
  { name: 'a 409 that is a page, after the effect', fault: page(409, HTML, 'text/html', 'after') },
  { name: 'a 409 that is empty', fault: page(409, '', 'text/plain') },
  { name: 'a 409 in plain text', fault: page(409, 'conflict', 'text/plain') },
  { name: 'a 409 in somebody else’s JSON', fault: page(409, '{"detail":"busy"}', JSON_TYPE) },
  { name: 'a 409 in the vendor’s own', fault: page(409, conflict, JSON_TYPE), isSaid: true },
  { name: 'an empty 2xx', fault: { kind: 'rewritten', as: 'nothing' } },
  { name: 'an empty 2xx without the effect', fault: page(200, '', 'text/plain'), isLie: true },
  { name: 'a blank body', fault: { kind: 'rewritten', as: 'blanks' } },
  { name: 'a byte-order mark', fault: { kind: 'rewritten', as: 'byte-order-mark' } },
  { name: 'gzip', fault: { kind: 'rewritten', as: 'gzip' } },
  { name: 'Latin-1', fault: { kind: 'rewritten', as: 'latin-1' }, isSaid: true },
  { name: 'UTF-16', fault: { kind: 'rewritten', as: 'utf-16' }, isSaid: true },
  { name: 'a page of 200', fault: page(200, HTML, 'text/html') },
  { name: 'a page of 200 after the effect', fault: page(200, HTML, 'text/html', 'after') },
  { name: 'a redirect', fault: TO_ELSEWHERE },
  { name: 'a redirect after the effect', fault: { ...TO_ELSEWHERE, when: 'after' } },
];

/** Answers what was disturbed. */
function disturb({ faults }: Pick<Ready, 'faults'>, { fault, atLogin }: Ingress, route: string, logins: string[]) {
  if (!atLogin) return faults.add({ ...fault, route });
  faults.add({ kind: 'expire-token', route });
  return logins.map((login) => faults.add({ ...fault, route: login })).at(-1)!;
}

/** What the disturbed attempt ended with; it is one that Temporal repeats, unless the vendor's own words call for a person. */
async function ended(step: () => Promise<unknown>, { isSaid }: Ingress): Promise<PromiseSettledResult<unknown>> {
  const [end] = await Promise.allSettled([step()]);
  if (end.status === 'fulfilled') return end;
  expect(end.reason).toBeInstanceOf(ApplicationFailure);
  if (!isSaid) expect(end.reason).toMatchObject({ nonRetryable: false });
  return end;
}

/** Nothing of it can be read, or it was refused, and the step says so. */
function isUnproven(value: unknown): boolean {
  const { proven, confirmed } = (value ?? {}) as { proven?: boolean; confirmed?: boolean };
  return proven === false || confirmed === false;
}

/** A step that changes something, with the routes by which a token is renewed, in their order: what it says is what the ledger says, and repeated it has its effect once. */
export async function changeHolds(given: ContractCase, ingress: Ingress, logins: string[]): Promise<void> {
  const ready = await given.arrange();
  const disturbed = disturb(ready, ingress, given.route, logins);
  const end = await ended(ready.step, ingress);
  expect(disturbed.fired).toBe(1);
  if (ingress.isLie && given.unreadable && end.status === 'fulfilled') return;
  if (end.status === 'fulfilled') {
    if (!isUnproven(end.value)) expect(ready.count()).toBe(1);
  } else if (end.reason.type === 'Unavailable' && ingress.fault.kind !== 'in-between') expect(ready.count()).toBe(0);
  await ready.step();
  expect(ready.count()).toBe(1);
}

/** A step that looks: it answers the same as undisturbed, or nothing. */
export async function readingHolds(given: ReadingCase, ingress: Ingress, logins: string[]): Promise<void> {
  const ready = await given.arrange();
  ready.happen?.();
  const said = await ready.step();
  const disturbed = disturb(ready, ingress, given.route, logins);
  const end = await ended(ready.step, ingress);
  expect(disturbed.fired).toBe(1);
  if (end.status === 'fulfilled') expect(end.value).toEqual(said);
  expect(await ready.step()).toEqual(said);
}

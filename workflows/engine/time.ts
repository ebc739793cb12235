import { parseDuration } from '../../contract/duration.ts';
import type { IsoDuration } from '../../contract/duration.ts';

/** The only place that reads a clock: inside a workflow `Date` is the deterministic time of the current task. */
export function now(): number {
  return Date.now();
}

export function iso(instant: number): string {
  return new Date(instant).toISOString();
}

export function instantOf(text: string): number {
  return Date.parse(text);
}

/** Milliseconds. Durations were checked when the request came in, so a bad one here is a defect. */
export function milliseconds(duration: IsoDuration): number {
  const value = parseDuration(duration);
  if (value === undefined) throw new TypeError('not an ISO 8601 duration of days, hours, minutes and seconds');
  return value;
}

/** Of an activity or a wait. Temporal takes a limit of nothing for none at all. */
export function limit(duration: IsoDuration): number {
  return Math.max(SECOND, milliseconds(duration));
}

const SECOND = 1_000;

/** Milliseconds. What goes on within it needs no showing. */
export const MINUTE = 60_000;

export function asDate(instant: number): Date {
  return new Date(instant);
}

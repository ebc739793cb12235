/** An ISO 8601 instant as a person reads it, to the minute: `2026-12-01 08:00 UTC`; nothing for none. */
export function minute(instant: string | undefined): string {
  return instant === undefined ? '' : `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

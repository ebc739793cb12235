/** An ISO 8601 duration of days, hours, minutes and seconds, for example `P14D` or `PT10M`. */
export type IsoDuration = string;

const ISO = /^P(?!$)(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** Milliseconds of a duration, or `undefined` when the text is none. Months and years have no fixed length and are not taken. */
export function parseDuration(text: IsoDuration): number | undefined {
  const found = ISO.exec(text);
  if (!found) return undefined;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!) * 1000;
}

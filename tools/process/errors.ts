// Not by `instanceof`: what is thrown need not be an Error.

/** The system's code of an error, for example `ENOENT`. */
export function errorCode(error: unknown): unknown {
  return property(error, 'code');
}

/** What to tell a person. The cause of a failed fetch says why, its own text does not. */
export function errorMessage(error: unknown): string {
  const message = property(error, 'message');
  if (typeof message !== 'string') return String(error);
  return message === 'fetch failed' ? errorMessage(property(error, 'cause')) : message;
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

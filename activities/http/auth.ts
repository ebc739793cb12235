/** Where `send` gets the bearer token of a call. */
export interface Auth {
  token(): Promise<string>;
  /** The token was answered with 401; the next `token()` logs in again. Where nothing can replace the token, a 401 is final. */
  reject?(token: string): void;
}

export interface Login {
  token: string;
  /** Epoch milliseconds from which on the token is not used any more; without, until it is answered with 401. */
  renewAt?: number | undefined;
}

/**
 * Keeps one token and logs in only when there is none. Calls that need a login at the same time share one, and a
 * late 401 on a token that has been replaced meanwhile costs no further login. A failed login is not remembered.
 */
export function tokenAuth(login: () => Promise<string | Login>): Required<Auth> {
  let held: Login | undefined;
  let pending: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    try {
      const fresh = await login();
      held = typeof fresh === 'string' ? { token: fresh } : fresh;
      return held.token;
    } finally {
      pending = undefined;
    }
  };
  const usable = (): string | undefined => (Date.now() < (held?.renewAt ?? Infinity) ? held?.token : undefined);
  return {
    token: async () => usable() ?? (pending ??= renew()),
    reject: (token) => {
      if (token === held?.token) held = undefined;
    },
  };
}

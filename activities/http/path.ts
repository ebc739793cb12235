const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];
export type Route = `${Method} ${string}`;

type Names<R extends string> = R extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<R extends string> = [Names<R>] extends [never] ? [] : [Record<Names<R>, string>];

/** One call's address. `route` is the documented template and the only form that may be shown; `path` may carry personal data. */
export interface Target {
  method: Method;
  route: Route;
  path: string;
}

/** Fills a documented route, for example `at('POST /api/v1/account/{account_id}/invite', { account_id })`. */
export function at<const R extends Route>(route: R, ...[values]: Values<R>): Target {
  return fill(route, values);
}

/**
 * The same for a route that comes from configuration. Each value becomes exactly one escaped path segment;
 * a value that cannot (missing, empty, `.`, `..`) is a `TypeError`.
 */
export function fill(route: Route, values: Record<string, string> = {}): Target {
  const method = METHODS.find((name) => route.startsWith(`${name} /`));
  if (!method) throw new TypeError('a route is a method, a space and a path');
  const template = route.slice(method.length + 1);
  return { method, route, path: template.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, values[name])) };
}

function segment(name: string, value: string | undefined): string {
  if (value === undefined || ['', '.', '..'].includes(value)) throw new TypeError(`{${name}} is no path segment`);
  return encodeURIComponent(value);
}

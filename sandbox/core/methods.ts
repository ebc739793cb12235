import type { Route } from './http.ts';

function matches(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const expected = pattern.split('/');
  return parts.length === expected.length && expected.every((part, i) => part.startsWith(':') || part === parts[i]);
}

/** The methods that a path does have: the difference between "not found" and "method not allowed". */
export function methodsOf(routes: Route[], url: string): string[] {
  const path = url.split('?')[0] ?? '';
  return routes.filter((route) => matches(route.path, path)).map((route) => route.method);
}

import { createTuloPayway } from '../../../activities/tulo-payway/provider.ts';
import type { TuloPaywayActivities } from '../../../activities/tulo-payway/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import type { Received } from '../http/local-server.ts';
import { configFor } from './settings.ts';

export type Answer = [status: number, body?: object];
/** By `METHOD path?query` without `/external/api`, or by `METHOD path`; the rest is 404. A function is asked at each call. */
export type Answers = Record<string, Answer | (() => Answer)>;

/** Vendor answers that the sandbox does not give by itself. */
export class FixedAnswers {
  readonly #server = new LocalServer();

  start(): Promise<void> {
    return this.#server.start();
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** The steps against these answers. */
  steps(answers: Answers, env: Record<string, string> = {}): TuloPaywayActivities {
    this.#server.handle(({ method, path }, response) => {
      if (path.endsWith('/access_token')) return answer(response, 200, { access_token: 't' });
      const asked = `${method} ${path.replace('/external/api', '')}`;
      const found = answers[asked] ?? answers[asked.split('?')[0]!] ?? [404, { code: 'not_found' }];
      const [status, body] = typeof found === 'function' ? found() : found;
      return answer(response, status, body);
    });
    return createTuloPayway(configFor(this.#server.url, env)).activities;
  }

  get received(): Received[] {
    return this.#server.received;
  }

  sent(method: string, ending = ''): Received[] {
    return this.#server.received.filter((request) => request.method === method && request.path.endsWith(ending));
  }
}

export const PENDING: Answer = [200, { item: { status: 'pending', verified: false } }];

export function account(more: object = {}): Answer {
  return [200, { item: { id: 'a', email: 'anna@example.com', status: 'active', ...more } }];
}

/** The look-up by our own reference. */
export function mapped(value: string): string {
  return `GET /v1/accounts?external_id_key=durable-onboarding&external_id_value=${value}`;
}

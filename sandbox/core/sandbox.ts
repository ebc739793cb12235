import { fastify, type FastifyInstance } from 'fastify';
import { autoplay } from './autoplay.ts';
import { controlRoutes } from './control.ts';
import { readForms } from './forms.ts';
import { readJsonPatches } from './json-patch.ts';
import { createFaults, type Faults } from './faults.ts';
import { VendorError } from './http.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { methodsOf } from './methods.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import { createPeople, type Act, type People } from './people.ts';
import { headersOf, routeName, send, serve, type Service } from './serve.ts';
import { openStore, type Store } from './store.ts';

export interface SandboxOptions {
  /** Path of the SQLite file; in memory without. */
  data?: string | undefined;
  /** Plays the customers this long after each mail or task came up; nobody does without. */
  playAfterMs?: number | undefined;
  now?: (() => Date) | undefined;
}

/** What a vendor's part is given to work with. */
export interface Ground<E extends string> {
  store: Store;
  ledger: Ledger<E>;
  outbox: Outbox;
  now: () => Date;
}

export interface Vendor extends Service {
  name: string;
  act: Act;
}

export interface Sandbox<E extends string> extends Ground<E>, People {
  app: FastifyInstance;
  faults: Faults;
  /** Listens on 127.0.0.1 (port 0: any) and answers the origin. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
}

function server(vendor: Vendor): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true, exposeHeadRoutes: false });
  const json = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  // Callers that always set the content type also send it with no body at all.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void json(request, String(body), done);
  });
  if (vendor.reads?.includes('forms')) readForms(app);
  if (vendor.reads?.includes('json-patches')) readJsonPatches(app);
  if (vendor.reads?.includes('get-bodies')) app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    // A defect of the sandbox must be seen as one, not as the vendor's.
    if (status >= 500) process.emitWarning(error);
    const told = new VendorError(status, status < 500 ? 'The request could not be read.' : 'Server Error');
    return send(reply, vendor.dialect.error(told, headersOf(request), false));
  });
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsOf(vendor.routes, request.url);
    const told =
      allowed.length === 0
        ? new VendorError(404, 'Not found')
        : new VendorError(405, 'Method not allowed', { headers: { allow: allowed.join(', ') } });
    return send(reply, vendor.dialect.error(told, headersOf(request), false));
  });
  return app;
}

/** Builds a sandbox around a vendor's part: server, faults, ledger, outbox, pages. */
export function createSandbox<E extends string, V extends Vendor>(
  build: (ground: Ground<E>) => V,
  { data, playAfterMs, now = () => new Date() }: SandboxOptions,
): Sandbox<E> & { vendor: V } {
  const store = openStore(data);
  const ledger = openLedger<E>(store, now);
  const outbox = openOutbox(store, now);
  const vendor = build({ store, ledger, outbox, now });
  const people = createPeople(store, outbox, vendor.act);
  const faults = createFaults(vendor.routes.map(routeName));
  const app = server(vendor);
  serve(app, vendor, store, faults);
  const controlled = { vendor: vendor.name, ledger: ledger as Ledger, outbox, people, faults };
  void app.register(
    (scope, _, done) => {
      controlRoutes(scope, controlled);
      done();
    },
    { prefix: '/_sandbox' },
  );
  const stop = playAfterMs === undefined ? () => undefined : autoplay(outbox, people, playAfterMs);
  return {
    vendor,
    app,
    store,
    ledger,
    outbox,
    now,
    faults,
    act: people.act,
    listen: (port = 0) => app.listen({ host: '127.0.0.1', port }),
    async close() {
      stop();
      await app.close();
      store.close();
    },
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FaultInput } from './fault.ts';
import { readForms } from './forms.ts';
import type { Faults } from './faults.ts';
import { VendorError } from './http.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { itemPage, messagePage, outboxPage } from './pages.ts';
import type { People } from './people.ts';

export interface Controlled {
  vendor: string;
  ledger: Ledger;
  outbox: Outbox;
  people: People;
  faults: Faults;
}

/** Effects shown on the page; the ledger itself is not cut. */
const SHOWN_EFFECTS = 100;

const wantsPage = (request: FastifyRequest) => request.headers.accept?.includes('text/html') === true;
const sendPage = (reply: FastifyReply, markup: string) => reply.type('text/html; charset=utf-8').send(markup);
const withLink = (item: OutboxItem, request: FastifyRequest) => ({
  ...item,
  link: `http://${request.host}/_sandbox/outbox/${item.id}`,
});

function faultRoutes(app: FastifyInstance, faults: Faults): void {
  app.get('/faults', () => ({ faults: faults.list() }));
  app.post<{ Body: FaultInput }>('/faults', (request, reply) => reply.code(201).send(faults.add(request.body)));
  app.delete('/faults', (_, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete<{ Params: { id: string } }>('/faults/:id', (request, reply) => {
    if (!faults.remove(request.params.id)) throw new VendorError(404, 'No such fault.');
    return reply.code(204).send();
  });
}

function outboxRoutes(app: FastifyInstance, { vendor, outbox, people }: Controlled): void {
  app.get('/outbox', (request) => ({ items: outbox.items().map((item) => withLink(item, request)) }));
  app.get<{ Params: { id: string } }>('/outbox/:id', (request, reply) => {
    const item = outbox.get(request.params.id);
    if (!item) throw new VendorError(404, 'No such item in the outbox.');
    return wantsPage(request) ? sendPage(reply, itemPage(vendor, item)) : withLink(item, request);
  });
  app.post<{ Params: { id: string; action: string }; Body: Record<string, unknown> | undefined }>(
    '/outbox/:id/:action',
    (request, reply) => {
      const { id, action } = request.params;
      const acted = people.act(id, action, request.body ?? {});
      return wantsPage(request) ? reply.redirect(acted.redirect ?? '/_sandbox/', 303) : acted;
    },
  );
}

/** The sandbox's own routes, under `/_sandbox`: for people (pages) and for tests (JSON). Faults never touch them. */
export function controlRoutes(app: FastifyInstance, controlled: Controlled): void {
  const { vendor, ledger, outbox } = controlled;
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const isMalformed = error instanceof z.ZodError;
    const status = error instanceof VendorError ? error.status : isMalformed ? 400 : (error.statusCode ?? 500);
    const message = isMalformed ? z.prettifyError(error) : error.message;
    reply.code(status);
    return wantsPage(request) ? sendPage(reply, messagePage(vendor, message)) : reply.send({ message });
  });
  readForms(app);
  app.get('/health', () => ({ status: 'ok', vendor }));
  app.get('/', (_, reply) =>
    sendPage(reply, outboxPage(vendor, outbox.items(), ledger.entries().slice(-SHOWN_EFFECTS))),
  );
  app.get<{ Querystring: Partial<LedgerEntry> }>('/ledger', (request) => ({ entries: ledger.entries(request.query) }));
  faultRoutes(app, controlled.faults);
  outboxRoutes(app, controlled);
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { AuditedCustomer, AuditedRead, AuditLine } from '../../contract/audit.ts';
import { customerHash } from '../../encryption/customer-hash.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route shows personal data of the customer whom its path names: each answer is logged before it is sent. */
    audit?: AuditedRead;
  }
}

/** Who is shown personal data of whom. */
export type Audit = (read: AuditedRead, request: FastifyRequest, customer?: AuditedCustomer) => void;

export function auditTo(log: Logger, keyRing: KeyRing): Audit {
  return (audit, { caller, routeOptions }, customer) => {
    const line: Omit<AuditLine, 'time'> = {
      audit,
      route: routeOptions.url ?? 'none',
      ...(caller && { caller: caller.name }),
      ...(customer && { customer: customerHash(keyRing, customer) }),
    };
    log.info(line, 'personal data read');
  };
}

/** Must come before the routes. What is refused or not there has shown nothing. */
export function auditReads(app: FastifyInstance, audit: Audit): void {
  app.addHook('preSerialization', async (request, { statusCode }, payload: unknown) => {
    const { audit: read } = request.routeOptions.config;
    // The route's own schema has checked them.
    const { provider = '', reference = '' }: Partial<AuditedCustomer> = Object(request.params);
    if (read !== undefined && statusCode < 300) audit(read, request, { provider, reference });
    return payload;
  });
}

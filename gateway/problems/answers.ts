import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS, RETRY_AFTER, type ProblemName } from './catalogue.ts';
import { problemOf } from './of-error.ts';
import { documentOf, Problem, PROBLEM_TYPE } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What went wrong, for the log. */
    failure: unknown;
  }
}

/** Every answer that is a refusal, of routes and of Fastify itself, as a problem document. */
export function answerProblems(app: FastifyInstance): void {
  app.decorateRequest('failure');
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    sendProblem(new Problem('not-found'), request, reply),
  );
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  request.failure = error;
  const retryAfter = RETRY_AFTER[problem.problem];
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (problem.problem === 'unauthorized') reply.header('www-authenticate', 'Bearer');
  // A body that is not wanted is not read to its end.
  if (problem.status === 413) reply.header('connection', 'close');
  return reply
    .status(problem.status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(documentOf(problem, request.id)));
}

/** For addresses that Fastify cannot even take apart. */
export function frameworkErrors(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(new Problem('malformed-request'), request, reply);
}

const BY_NODE: Record<string, ProblemName> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** For what is no HTTP, too slow or too large, before there is a request. */
export function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new Problem(BY_NODE[error.code ?? ''] ?? 'malformed-request');
  const body = JSON.stringify(documentOf(problem));
  const [status, title] = PROBLEMS[problem.problem];
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  // Who neither reads nor closes would keep the descriptor for ever, and thousands of them the gateway.
  const kept = setTimeout(() => socket.destroy(), END_WITHIN).unref();
  socket.once('close', () => clearTimeout(kept));
}

/** Milliseconds for the answer to leave. */
const END_WITHIN = 1000;

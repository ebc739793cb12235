import type { z } from 'zod';
import type { ErasureRequest } from '../../contract/erasure.ts';
import { account } from './change.ts';
import { onRecord } from './decision.ts';
import { check, fields } from './rules.ts';
import type { Shape } from './shape.ts';

const { provider, reference } = account;

const request: z.ZodType<ErasureRequest> = fields({
  provider,
  reference,
  ...onRecord,
} satisfies Shape<ErasureRequest>);

/** The request as plain data, or `RequestInvalid` with one sentence per problem. Nothing is started by it. */
export function checkErasure(input: unknown): ErasureRequest {
  return check(request, input);
}

import type { z } from 'zod';

/**
 * The fields of a schema of `T`, each of them: `fields({ … } satisfies Shape<T>)` does not compile while one is missing, an optional one
 * included, and neither does a field that `T` does not have.
 */
export type Shape<T> = { [Field in keyof T]-?: z.ZodType<T[Field]> };

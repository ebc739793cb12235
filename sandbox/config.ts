import leven from 'leven';
import { z } from 'zod';
import { PROVIDERS, type Open } from './providers.ts';

const DURATION = /^(?:PT(?=\d)(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?|(?<bare>\d+(?:\.\d+)?))$/;

const delay = z
  .string()
  .regex(DURATION, 'a delay is seconds, such as 3, or ISO 8601 minutes and seconds, such as PT3S.')
  .transform((text) => {
    const { minutes = 0, seconds = 0, bare = 0 } = DURATION.exec(text)?.groups ?? {};
    return (Number(minutes) * 60 + Number(seconds) + Number(bare)) * 1000;
  });

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'write one JSON object, such as {"ssnRequired":false}.',
    });
    return z.NEVER;
  }
});

const names: string[] = Object.keys(PROVIDERS);
const isProvider = (name: string): name is keyof typeof PROVIDERS => names.includes(name);

const schema = z.object({
  SANDBOX_PROVIDER: z
    .string()
    .refine(isProvider, `use one of ${names.join(', ')}.`)
    .default('defentry'),
  SANDBOX_PORT: z.coerce.number('a port is a number; 0 takes any free one.').int().min(0).max(65_535).default(4010),
  SANDBOX_DATA: z.string().min(1).optional(),
  SANDBOX_PLAY: delay.optional(),
  SANDBOX_OPTIONS: json.default({}),
});

/** One sentence for each variable that is set and nearly one of these. */
export function misspelt(environment: Record<string, string | undefined> = process.env): string[] {
  const known = Object.keys(schema.shape);
  return Object.keys(environment)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((each) => leven(name, each, { maxDistance: 3 }) <= 2);
      return meant === undefined ? [] : [`${name} is set, and no setting has that name: did you mean ${meant}?`];
    });
}

function sentences(issues: z.core.$ZodIssue[], under: string[] = []): Error {
  return new Error(issues.map(({ path, message }) => `${[...under, ...path].join('.')}: ${message}`).join('\n'));
}

export interface Config {
  port: number;
  data: string | undefined;
  playAfterMs: number | undefined;
  /** Opens the simulator of the chosen provider, with the options given for it. */
  open: Open;
}

/** The environment, checked. Throws with one sentence per wrong variable. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw sentences(parsed.error.issues);
  const { SANDBOX_PROVIDER, SANDBOX_PORT, SANDBOX_DATA, SANDBOX_PLAY, SANDBOX_OPTIONS } = parsed.data;
  const open = PROVIDERS[SANDBOX_PROVIDER].safeParse(SANDBOX_OPTIONS);
  if (!open.success) throw sentences(open.error.issues, ['SANDBOX_OPTIONS']);
  return { port: SANDBOX_PORT, data: SANDBOX_DATA, playAfterMs: SANDBOX_PLAY, open: open.data };
}

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { KeyRing } from '../encryption/key-ring.ts';
import { keyRingFrom } from '../encryption/key-source.ts';
import { SETTINGS, type SettingsOf } from '../contract/settings.ts';
import { isLoopback } from '../contract/loopback.ts';
import { type ClientConfig, ConfigInvalid, readClientConfig } from '../client/index.ts';
import { parseTokens, type Token } from '../encryption/access-token.ts';
import { LIMITS, type Limits } from './limits.ts';
import { isOfThisMachine, isPublicUrl } from './returns/public-url.ts';
import { webhookConfig, webhookSettings, type WebhookConfig } from './webhooks/config.ts';

/** Of `npm start` and `temporal server start-dev`. A page of a developer's machine has no business at a gateway with tokens by default. */
const LOCAL_UI = 'http://localhost:8233';

const list = (text: string): string[] => text.split(',').map((each) => each.trim());

const schema = z.object({
  /** 0 takes a free port. */
  GATEWAY_PORT: z.coerce.number().int().min(0).max(65_535).prefault(SETTINGS.gateway.GATEWAY_PORT.default),
  GATEWAY_HOST: z.string().default(SETTINGS.gateway.GATEWAY_HOST.default),
  /** Who may call: `name:scope+scope:hash`, as `onboard token new` prints it, separated by commas. */
  GATEWAY_TOKENS: z.string().optional(),
  /** A file with the same, one a line. */
  GATEWAY_TOKENS_FILE: z.string().optional(),
  /** Of one caller, or of one address where nobody is known. */
  GATEWAY_REQUESTS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .prefault(SETTINGS.gateway.GATEWAY_REQUESTS_PER_MINUTE.default),
  /** Addresses or networks of load balancers, whose `X-Forwarded-For` is believed. */
  GATEWAY_TRUSTED_PROXIES: z
    .string()
    .transform(list)
    .refine((proxies) => proxies.every(isNetwork), 'must be addresses or networks such as 10.0.0.0/8')
    .optional(),
  /** Origins of Temporal UIs, separated by commas: the only web pages whose requests are taken. */
  CODEC_UI_ORIGINS: z
    .string()
    .transform(list)
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://temporal.example.org')
    .optional(),
  /** Where customers' browsers reach the gateway: what links to it begin with. */
  GATEWAY_PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, 'must be an https address without "/" at its end, such as https://onboarding.bank.example')
    .optional(),
  ...webhookSettings,
} satisfies SettingsOf<'gateway', z.ZodType>);

export interface GatewayConfig {
  port: number;
  host: string;
  keyRing: KeyRing;
  /** How Temporal is reached. */
  client: ClientConfig;
  /** Without any, only this machine is served, and may do everything. */
  tokens: Token[];
  uiOrigins: string[];
  trustedProxies: string[] | undefined;
  limits: Limits;
  /** `undefined`: none are made, because no customer's browser would find the gateway by them. */
  returnLinks: { publicUrl: string | undefined } | undefined;
  webhooks: WebhookConfig;
}

/** The settings of the gateway, from the environment. Fails `ConfigInvalid` or, for the key, `EncryptionError`. */
export function readGatewayConfig(env: NodeJS.ProcessEnv = process.env): GatewayConfig {
  const result = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!result.success) {
    const rules = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigInvalid(`${rules.join('; ')}. Correct it or leave it out.`);
  }
  const settings = result.data;
  const { GATEWAY_PORT: port, GATEWAY_HOST: host, GATEWAY_PUBLIC_URL: publicUrl } = settings;
  const tokens = tokensOf(settings.GATEWAY_TOKENS, settings.GATEWAY_TOKENS_FILE);
  if (tokens.length === 0) mustStayHere(settings);
  return {
    port,
    host,
    keyRing: keyRingFrom(env),
    client: readClientConfig(env),
    tokens,
    uiOrigins: (settings.CODEC_UI_ORIGINS ?? (tokens.length === 0 ? [LOCAL_UI] : [])).flatMap(withTwin),
    trustedProxies: settings.GATEWAY_TRUSTED_PROXIES,
    limits: { ...LIMITS, requestsPerMinute: settings.GATEWAY_REQUESTS_PER_MINUTE },
    returnLinks: publicUrl !== undefined || isLoopback(host) ? { publicUrl } : undefined,
    webhooks: webhookConfig(settings),
  };
}

/** Behind a proxy on this machine everybody would look as if they were on it. */
function mustStayHere({ GATEWAY_HOST, GATEWAY_PUBLIC_URL, GATEWAY_TRUSTED_PROXIES }: z.output<typeof schema>): void {
  const beyond = [
    ...(isLoopback(GATEWAY_HOST) ? [] : ['GATEWAY_HOST']),
    ...(GATEWAY_PUBLIC_URL === undefined || isOfThisMachine(GATEWAY_PUBLIC_URL) ? [] : ['GATEWAY_PUBLIC_URL']),
    ...(GATEWAY_TRUSTED_PROXIES === undefined ? [] : ['GATEWAY_TRUSTED_PROXIES']),
  ];
  if (beyond.length === 0) return;
  throw new ConfigInvalid(
    `GATEWAY_TOKENS is not set, and without it the gateway serves this machine only; set it ("onboard token new" makes one), or leave ${beyond.join(' and ')} out.`,
  );
}

function tokensOf(inline: string | undefined, file: string | undefined): Token[] {
  if (inline !== undefined && file !== undefined) {
    throw new ConfigInvalid(
      'Both GATEWAY_TOKENS and GATEWAY_TOKENS_FILE are set; set one, so that it is clear who may call.',
    );
  }
  if (inline === undefined && file === undefined) return [];
  const tokens = parseTokens(inline ?? readTokens(file!));
  if (tokens) return tokens;
  const where = inline === undefined ? 'The file that GATEWAY_TOKENS_FILE names' : 'GATEWAY_TOKENS';
  throw new ConfigInvalid(
    `${where}: must be name:scope+scope:hash entries, each token once, with :providers=NAME+NAME (not with decode) and :until=YYYY-MM-DD where wanted; take them from "onboard token new".`,
  );
}

function readTokens(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason =
      typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
    throw new ConfigInvalid(
      `The file that GATEWAY_TOKENS_FILE names cannot be read (${reason}); check its path and rights.`,
    );
  }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  return family > 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** A browser takes the two names of this machine for different origins. */
function withTwin(origin: string): string[] {
  const { hostname } = new URL(origin);
  const twin = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' }[hostname];
  return twin === undefined ? [origin] : [origin, origin.replace(hostname, twin)];
}

import { z } from 'zod';
import { PROVIDER_ENTRIES } from '../activities/providers.ts';
import type { HostedActivities } from '../contract/activities.ts';
import { StartRefused } from './errors.ts';

type ProviderRole = keyof typeof PROVIDER_ENTRIES;

const PROVIDER_ROLES = Object.keys(PROVIDER_ENTRIES).filter((name): name is ProviderRole => name in PROVIDER_ENTRIES);

export interface HostedProvider {
  name: ProviderRole;
  activities: Partial<HostedActivities>;
  /** Limit of the provider's queue over all workers. The last worker that starts sets it, so all carry the same. */
  perSecond: number | undefined;
  /** Logs in; rejects with a sentence that says why not. */
  checkLogin(): Promise<void>;
}

export interface Roles {
  workflows: boolean;
  providers: HostedProvider[];
}

/**
 * What this process hosts: the roles asked for, or without any the workflows and every provider that has a variable set
 * (`DEFENTRY_…`). Each provider is configured here, so that a wrong variable stops the start and not the first call.
 */
export function readRoles(asked: string[], env: Record<string, string>): Roles {
  const unknown = asked.find((role) => role !== 'workflows' && !isProvider(role));
  if (unknown !== undefined) {
    throw refused(`--role takes ${['workflows', ...PROVIDER_ROLES].join(', ')}; correct the one that is none of them.`);
  }
  const configured = PROVIDER_ROLES.filter((name) => Object.keys(env).some((key) => key.startsWith(prefix(name))));
  const names = asked.length > 0 ? asked.filter(isProvider) : configured;
  if (asked.length === 0 && names.length === 0) {
    throw refused(
      `No provider is configured; set the variables of one (${PROVIDER_ROLES.map((name) => `${prefix(name)}…`).join(', ')}), or start with --role workflows.`,
    );
  }
  const providers = [...new Set(names)].map((name) => host(name, env));
  return { workflows: asked.length === 0 || asked.includes('workflows'), providers };
}

function host(name: ProviderRole, env: Record<string, string>): HostedProvider {
  const variable = `${prefix(name)}ACTIVITIES_PER_SECOND`;
  const perSecond = z.coerce.number().positive().optional().safeParse(env[variable]);
  if (!perSecond.success) throw refused(`${variable} must be a number above 0; correct it or leave it out.`);
  try {
    return { name, ...PROVIDER_ENTRIES[name].open(env), perSecond: perSecond.data };
  } catch (error) {
    // The provider's own text: it lists variables and rules, never values.
    throw refused(error instanceof Error ? error.message : `${name} is not configured.`);
  }
}

function isProvider(role: string): role is ProviderRole {
  return role in PROVIDER_ENTRIES;
}

function prefix(name: ProviderRole): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_`;
}

function refused(message: string): StartRefused {
  return new StartRefused('ConfigInvalid', message);
}

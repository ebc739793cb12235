import type { FastifyPluginAsync } from 'fastify';
import { accountRoutes } from './accounts.ts';
import { attentionRoutes } from './attention.ts';
import { batchRoute } from './batch.ts';
import { changeMessageRoutes } from './change-messages.ts';
import { changeRoutes } from './changes.ts';
import { decisionRoutes } from './decisions.ts';
import { erasureRoutes } from './erasures.ts';
import { eventsRoute } from './events.ts';
import { factRoutes } from './facts.ts';
import { memberRoutes } from './members.ts';
import { offboardingRoutes } from './offboardings.ts';
import { operatorRoutes } from './operator.ts';
import type { RouteOptions } from './options.ts';
import { personRoutes } from './person.ts';
import { progressRoutes } from './progress.ts';
import { providersRoute } from './providers.ts';
import { reconciliationRoutes } from './reconciliations.ts';
import { reconciliationScheduleRoutes } from './reconciliation-schedules.ts';
import { repairRoutes } from './repairs.ts';
import { resultRoute } from './result.ts';
import { runRoutes } from './runs.ts';
import { startRoute } from './start.ts';

const ROUTES = [
  startRoute,
  batchRoute,
  runRoutes,
  progressRoutes,
  eventsRoute,
  resultRoute,
  factRoutes,
  personRoutes,
  memberRoutes,
  operatorRoutes,
  decisionRoutes,
  attentionRoutes,
  accountRoutes,
  changeRoutes,
  changeMessageRoutes,
  offboardingRoutes,
  erasureRoutes,
  reconciliationRoutes,
  repairRoutes,
  reconciliationScheduleRoutes,
  providersRoute,
];

/** The library over HTTP; nothing here knows more than how to ask it. */
export const onboardingRoutes: FastifyPluginAsync<RouteOptions> = async (app, options) => {
  const { client, keyRing, limits, metrics, closing } = options;
  for (const routes of ROUTES) await app.register(routes, { client, keyRing, limits, metrics, closing });
};

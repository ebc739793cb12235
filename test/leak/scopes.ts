import { SCOPES, type Scope } from '../../contract/scopes.ts';
import type { Caller } from './caller.ts';
import { member, referenceOf, single } from './requests.ts';
import { until, waitsFor, type Stage } from './stage.ts';

const PATH = 'scopes';

/**
 * Asks for an open run's link to the eID and for everything else of it. The link is for `start` alone; answers the status by scope. To
 * `read` the run is told whole, and what it is told is kept.
 */
export async function askByScope(stage: Stage, caller: Caller): Promise<Partial<Record<Scope, number>>> {
  const { canaries, customers } = stage;
  const reference = referenceOf(PATH);
  const { ssn: _, ...person } = single(canaries, PATH).person;
  const members = [member(canaries, PATH, 'partner')];
  const identification = canaries.identification(PATH);
  customers.willing(reference);
  const body = single(canaries, PATH, { kind: 'family', person, members, identification });
  await caller.ask('start', 'POST', '/v1/onboardings', { body });
  await until(stage, PATH, waitsFor('identification'));

  const run = `/v1/onboardings/defentry/${reference}`;
  const statuses: Partial<Record<Scope, number>> = {};
  for (const scope of SCOPES.filter((each) => each !== 'start')) {
    statuses[scope] = await caller.ask(scope, 'GET', `${run}/eid-link`);
    await caller.ask(scope, 'POST', `${run}/renew-eid-link`);
  }
  for (const [method, part] of [
    ['GET', 'eid-link'],
    ['POST', 'renew-eid-link'],
  ] as const) {
    const { status, body: told } = await caller.unheard('start', method, `${run}/${part}`);
    statuses.start = status;
    canaries.plant(`${PATH}: link`, (JSON.parse(told) as { link: string }).link);
  }
  await caller.glimpse(`${run}/events`);
  for (const part of ['', '/progress', '/members/partner', '/members/partner/progress', '/result?wait=0']) {
    await caller.ask('read', 'GET', run + part);
  }
  await caller.ask('read', 'GET', '/v1/onboardings?limit=200&members=true');
  await caller.ask('operate', 'POST', `${run}/cancel`);
  await caller.ask('read', 'GET', `${run}/events`);
  return statuses;
}

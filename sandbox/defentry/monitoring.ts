import { VendorError } from '../core/http.ts';
import type { Account } from './model.ts';
import { change, record, type State } from './state.ts';

const planHasMonitoring = ({ options }: State, { planId }: Account) =>
  planId !== null && options.plans[planId]?.monitoring === true;

function switchMonitoring(state: State, account: Account, monitoring: boolean): Account {
  if (account.monitoring === monitoring) return account;
  const switched = change(state, account, { monitoring });
  record(state, monitoring ? 'monitoring.on' : 'monitoring.off', switched);
  return switched;
}

/** What happens by itself once an SSN is there (3.8). */
export function startMonitoring(state: State, account: Account): Account {
  const starts = state.options.monitoringStarts === 'by-itself' && account.ssn !== null;
  return starts && planHasMonitoring(state, account) ? switchMonitoring(state, account, true) : account;
}

/** Idempotent; 403 when the plan is without monitoring, 409 when there is no SSN to monitor (9.8). */
export function setMonitoring(state: State, account: Account, on: boolean): Account {
  if (!planHasMonitoring(state, account)) throw new VendorError(403, 'The plan does not include SSN monitoring.');
  if (on && account.ssn === null) throw new VendorError(state.options.monitoringWithoutSsn, 'The account has no SSN.');
  return switchMonitoring(state, account, on);
}

/** Changes the plan; monitoring that the new plan lacks goes off (assumption). */
export function changePlan(state: State, account: Account, planId: string): Account {
  if (account.planId === planId && state.options.samePlan === 200) return account;
  if (account.planId === planId) throw new VendorError(409, 'The account has this plan already.');
  const changed = change(state, account, { planId });
  record(state, 'plan.changed', changed);
  return planHasMonitoring(state, changed) ? startMonitoring(state, changed) : switchMonitoring(state, changed, false);
}

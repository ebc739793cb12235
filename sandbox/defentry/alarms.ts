import type { Account, Alarm } from './model.ts';
import { record, type State } from './state.ts';

/** A monitored item shows up in a leak; nothing in the sandbox leaks by itself. */
export function raiseAlarm(state: State, account: Account, type: Alarm['type']): Alarm {
  const id = String(state.alarms.nextNumber());
  const alarm: Alarm = { id, accountId: account.id, type, status: 'OPEN', createdAt: state.now().toISOString() };
  state.alarms.put(alarm);
  record(state, 'alarm.raised', account, { itemId: id, kind: type });
  return alarm;
}

/** Idempotent (assumption, 9.9). */
export function closeAlarm(state: State, account: Account, alarm: Alarm): Alarm {
  if (alarm.status === 'CLOSED') return alarm;
  const closed: Alarm = { ...alarm, status: 'CLOSED' };
  state.alarms.put(closed);
  record(state, 'alarm.closed', account, { itemId: alarm.id, kind: alarm.type });
  return closed;
}

/** Those raised on the days `from` to `to`, both included. Assumption: the filter of by-period is not documented. */
export function withinPeriod(alarms: Alarm[], { from = '0000', to = '9999' }: Record<string, string>): Alarm[] {
  return alarms.filter(({ createdAt }) => {
    const day = createdAt.slice(0, 10);
    return day >= from && day <= to;
  });
}

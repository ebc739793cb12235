import { VendorError, type Answer, type Call, type Route } from '../../core/http.ts';
import { closeAlarm, withinPeriod } from '../alarms.ts';
import type { Caller } from '../auth.ts';
import type { Account, Alarm } from '../model.ts';
import { accountOf, type State } from '../state.ts';
import { wireId, wireTime } from '../view.ts';
import type { Guard } from './guard.ts';
import { listPage } from './page.ts';

const view = (alarm: Alarm) => ({
  id: wireId(alarm.id),
  account_id: wireId(alarm.accountId),
  status: alarm.status,
  type: alarm.type,
  created_at: wireTime(alarm.createdAt),
});

const statistic = (alarms: Alarm[]): Answer => {
  const open = alarms.filter(({ status }) => status === 'OPEN').length;
  return { status: 200, body: { data: { open, closed: alarms.length - open } } };
};

type Define = (method: Route['method'], path: string, handle: (call: Call, account: Account) => Answer) => Route;

function alarmRoutes(state: State, define: Define): Route[] {
  const named = (call: Call, account: Account): Alarm => {
    const alarm = state.alarms.get(call.params['alarm_id'] ?? '');
    if (alarm?.accountId !== account.id) throw new VendorError(404, 'Not found');
    return alarm;
  };
  return [
    define('GET', '/alarms/:alarm_id', (call, account) => ({
      status: 200,
      body: { data: view(named(call, account)) },
    })),
    // Documented so: this GET changes state (6).
    define('GET', '/alarms/:alarm_id/close', (call, account) => ({
      status: 200,
      body: { data: view(closeAlarm(state, account, named(call, account))) },
    })),
    define('GET', '/alarms/:alarm_id/coachme', (call, account) => {
      named(call, account);
      return { status: 204 };
    }),
  ];
}

/** Contract, 6. The routes are documented; bodies, filters and the method of coachme are assumptions (9.9). */
export const alarmsRoutes = (state: State, { crm, app, either }: Guard): Route[] => {
  const ofAccount: Define = (method, path, handle) =>
    crm(method, `/api/v1/account/:account_id${path}`, (call) =>
      handle(call, accountOf(state, call.params['account_id'])),
    );
  const ofUser: Define = (method, path, handle) =>
    app(method, `/api/v1${path}`, (call, caller) => handle(call, accountOf(state, caller.accountId)));
  const of = (account: Account) => state.alarms.find('accountId', account.id);
  const list = (call: Call, alarms: Alarm[]) => listPage(alarms.map(view), call, state.options);
  const visible = (caller: Caller) =>
    caller.kind === 'crm' ? state.alarms.all() : of(accountOf(state, caller.accountId));
  return [
    ofAccount('GET', '/alarms', (call, account) => list(call, of(account))),
    ofAccount('GET', '/alarms/statistic', (_, account) => statistic(of(account))),
    ...alarmRoutes(state, ofAccount),
    ...alarmRoutes(state, ofUser),
    ofUser('POST', '/alarms/leak/coachme', () => ({ status: 204 })),
    either('GET', '/api/v1/alarms', (call, caller) => list(call, visible(caller))),
    app('GET', '/api/v2/alarms', (call, caller) => list(call, visible(caller))),
    crm('GET', '/api/v1/alarms-list', (call) => list(call, state.alarms.all())),
    crm('GET', '/api/v1/alarms/statistic', () => statistic(state.alarms.all())),
    ...(['email', 'phone', 'credit-card', 'company'] as const).map((type) =>
      crm('GET', `/api/v1/alarms/${type}-list`, (call) =>
        list(
          call,
          state.alarms.all().filter((alarm) => alarm.type === type),
        ),
      ),
    ),
    crm('GET', '/api/v1/alarms/accounts/by-period', ({ query }) => {
      const accounts = new Set(withinPeriod(state.alarms.all(), query).map(({ accountId }) => wireId(accountId)));
      return { status: 200, body: { data: [...accounts] } };
    }),
    crm('GET', '/api/v2/alarms/company/:company_id', (call) =>
      list(call, of(accountOf(state, call.params['company_id']))),
    ),
  ];
};

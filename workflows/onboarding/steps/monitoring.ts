import type { Run } from '../../engine/run.ts';
import { step } from '../../engine/step.ts';
import type { OnboardingState } from '../state.ts';
import { stepOf } from '../../engine/state.ts';

export function enableSsnMonitoring(run: Run<OnboardingState>): Promise<void> {
  return step(
    run,
    'enableSsnMonitoring',
    async (call) => {
      const { ssnGiven, accountId } = run.state;
      const identified = stepOf(run.state, 'identify').status === 'done';
      if (!ssnGiven && !identified) return { status: 'gap', code: 'SsnMissing' };
      const { proven } = await call((act) =>
        act('Switch SSN monitoring on and read it back').enableSsnMonitoring({ accountId: accountId! }),
      );
      return proven ? { status: 'done' } : { status: 'done', code: 'NotReadable' };
    },
    {
      needed: ({ request }) => request.ssnMonitoring === true,
      skippable: true,
      before: (state) => ({ ...state, monitoringMayBeOn: true }),
    },
  );
}

export function enrolWatchlists(run: Run<OnboardingState>): Promise<void> {
  return step(
    run,
    'enrolWatchlists',
    async (call) => {
      for (const item of run.state.request.watchlists ?? []) {
        await call((act) =>
          act(`Enrol on the ${item.kind} watchlist`).enrolWatchlist({ accountId: run.state.accountId!, item }),
        );
      }
    },
    { needed: ({ request }) => (request.watchlists ?? []).length > 0, skippable: true },
  );
}

import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { archive } from '../creation.ts';
import { conflict } from '../errors.ts';
import * as format from '../formats.ts';
import { runningOf } from '../products.ts';
import { accountOf, type State } from '../state.ts';
import { parse } from '../validation.ts';
import { eitherPlace, type Define } from './guard.ts';

/** Contract, 5.6. */
export const archiveRoutes = (state: State, define: Define): Route[] => [
  define('DELETE', '/v1/accounts/archive', '/external/account/archive/w', (call) => {
    const { account_id } = parse(z.strictObject({ account_id: format.id }), eitherPlace(call), state.options);
    const account = accountOf(state, account_id);
    const running = runningOf(state, account).map(({ productCode }) => productCode);
    if (running.length > 0) throw conflict('archive_account_with_active_products', running.join(','));
    archive(state, account);
    return { status: 204 };
  }),
];

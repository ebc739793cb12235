import type { WatchlistItem } from '../../../contract/request.ts';

/** One for each watchlist, numbers as people write them. */
export const WATCHED: WatchlistItem[] = [
  { kind: 'email', value: 'watched@example.com' },
  { kind: 'phone', value: '+46701234567' },
  { kind: 'iban', value: 'SE45 5000 0000 0583 9825 7466' },
  { kind: 'passport', value: 'AB 1234567' },
  { kind: 'drivers-license', value: '900101-1234' },
  { kind: 'credit-card', value: '4111 1111 1111 1111' },
];

/** The same as Defentry shows them. */
export const SHOWN: WatchlistItem[] = WATCHED.map(({ kind, value }) => ({
  kind,
  value: kind === 'credit-card' ? '************1111' : value.replaceAll(' ', ''),
}));

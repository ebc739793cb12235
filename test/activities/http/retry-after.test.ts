import { retryAfter } from '../../../activities/http/retry-after.ts';

const NOW = Date.parse('2026-06-12T10:00:00Z');
const HOUR = 3_600_000;
const later = (seconds: number) => new Date(NOW + seconds * 1000).toUTCString();
const unix = (seconds: number) => String(NOW / 1000 + seconds);

describe('the delay a server asks for', () => {
  test.each([
    ['seconds', { 'retry-after': '30' }, 30_000],
    ['decimal seconds', { 'retry-after': '1.5' }, 1_500],
    ['surrounding spaces', { 'retry-after': ' 7 ' }, 7_000],
    ['an HTTP date', { 'retry-after': 'Fri, 12 Jun 2026 10:02:00 GMT' }, 120_000],
    ['an obsolete RFC 850 date', { 'retry-after': 'Friday, 12-Jun-26 10:02:00 GMT' }, 120_000],
    ['an obsolete asctime date, which is UTC', { 'retry-after': 'Fri Jun 12 10:02:00 2026' }, 120_000],
    ['a date by the answer’s own clock', { 'retry-after': later(120), date: later(60) }, 60_000],
    ['a vendor reset by the answer’s own clock', { 'x-ratelimit-reset': unix(120), date: later(60) }, 60_000],
    ['seconds, whatever the answer’s clock', { 'retry-after': '30', date: later(3_600) }, 30_000],
    ['a date, where the answer’s clock makes no sense', { 'retry-after': later(120), date: 'today' }, 120_000],
    ['a date gone by is the least delay', { 'retry-after': 'Fri, 12 Jun 2020 10:02:00 GMT' }, 1_000],
    ['zero is the least delay', { 'retry-after': '0' }, 1_000],
    ['a year is capped', { 'retry-after': '31536000' }, HOUR],
    ['a far date is capped', { 'retry-after': 'Sat, 12 Jun 2027 10:00:00 GMT' }, HOUR],
    ['a repeated header counts by its first value', { 'retry-after': ['3', '9'] }, 3_000],
    ['the standard reset header in seconds', { 'ratelimit-reset': '12' }, 12_000],
    ['a vendor reset in seconds', { 'x-ratelimit-reset': '12' }, 12_000],
    ['a vendor reset as Unix seconds', { 'x-ratelimit-reset': String(NOW / 1000 + 45) }, 45_000],
    ['a vendor reset as Unix milliseconds', { 'x-ratelimit-reset': String(NOW + 45_000) }, 45_000],
    ['Retry-After before reset headers', { 'retry-after': '5', 'x-ratelimit-reset': '90' }, 5_000],
    ['nonsense falls to the next header', { 'retry-after': 'soon', 'x-ratelimit-reset': '9' }, 9_000],
    ['nothing', {}, undefined],
    ['a word', { 'retry-after': 'soon' }, undefined],
    ['an empty value', { 'retry-after': '' }, undefined],
    ['a negative number', { 'retry-after': '-5' }, undefined],
    ['an exponent', { 'retry-after': '1e9' }, undefined],
    ['infinity', { 'retry-after': 'Infinity' }, undefined],
    ['a unit', { 'retry-after': '30s' }, undefined],
    ['a day name without a date', { 'retry-after': 'Friday' }, undefined],
    ['an ISO date, which no server may send', { 'retry-after': '2026-06-12T10:02:00Z' }, undefined],
    ['a list of numbers', { 'retry-after': '1, 2' }, undefined],
  ])('%s', (_, headers: Record<string, string | string[]>, expected) => {
    expect(retryAfter(headers, NOW)).toBe(expected);
  });
});

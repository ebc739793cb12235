import { randomUUID } from 'node:crypto';
import { LANGUAGES } from '../../gateway/returns/language.ts';
import { TEXTS } from '../../gateway/returns/texts/index.ts';
import type { PageName } from '../../gateway/returns/texts/text.ts';
import { sealTicket, type ReturnTicket } from '../../gateway/returns/token.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { eventually } from '../setup/eventually.ts';
import { openHouse, type House } from './payway-house.ts';
import { startGateway } from './webhook-gateway.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.sandbox.faults.clear());
afterAll(() => house.close());

const DAY = 86_400_000;

function tokenOf(changes: Partial<ReturnTicket> = {}, keyRing = house.stack.keyRing): string {
  return sealTicket(keyRing, {
    kind: 'email',
    provider: 'tulo-payway',
    reference: `c-${randomUUID()}`,
    language: 'en',
    expiresAt: Date.now() + DAY,
    ...changes,
  });
}

async function open(path: string, init: RequestInit = {}, { url } = house.stack.gateway) {
  const response = await fetch(url + path, init);
  return { status: response.status, headers: response.headers, markup: await response.text() };
}
const press = (path: string, init: RequestInit = {}) =>
  // As a browser sends a form without fields.
  open(path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, ...init });

const shows = (name: PageName, status: number, language: (typeof LANGUAGES)[number] = 'en') => ({
  status,
  markup: expect.stringContaining(`<h1>${TEXTS[language][name].title}</h1>`),
});

test('a link shows its page as often as it is opened, tells the run when the button is pressed, and does so once', async () => {
  const { reference } = await house.waiting();
  const path = `/v/${tokenOf({ reference })}`;
  for (const method of ['GET', 'HEAD', 'GET']) expect((await open(path, { method })).status).toBe(200);
  expect(await open(path)).toMatchObject(shows('askEmail', 200));
  expect(await house.stack.told(reference)).toBe(0);

  expect(await press(path)).toMatchObject(shows('receivedEmail', 202));
  await eventually('the run is told', async () => (await house.stack.told(reference)) === 1);
  expect(await press(path)).toMatchObject(shows('used', 409));

  // Another link to the same person is another event: when it has arrived, so has whatever the first did.
  await press(`/v/${tokenOf({ reference })}`);
  await eventually('the run is told again', async () => (await house.stack.told(reference)) === 2);
  await house.stack.onboardings.cancel('tulo-payway', reference);
});

test('a return proves nothing: the run asks the provider, which has not seen the person confirm', async () => {
  const { reference } = await house.waiting();
  const looked = house.sandbox.faults.add({
    kind: 'drop',
    probability: 0,
    route: 'GET /external/api/v1/accounts/pending_verification_request',
  });
  expect((await press(`/v/${tokenOf({ reference })}`)).status).toBe(202);
  await eventually('a look at the provider', () => looked.matched > 0);
  const { steps } = await house.stack.onboardings.progress('tulo-payway', reference);
  expect(steps.find(({ name }) => name === 'verifyEmail')?.status).toBe('waiting');
  await house.stack.onboardings.cancel('tulo-payway', reference);
});

test('pressed by 20 at once, one of them is received', async () => {
  const path = `/v/${tokenOf()}`;
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => press(path)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 202)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(19);
});

test('each identification that comes back by an eID address counts, and each once', async () => {
  const path = `/eid/${tokenOf({ kind: 'eid' })}`;
  expect(await open(`${path}?eid_id=7&status=CANCELLED`)).toMatchObject(shows('askEid', 200));
  expect(await press(`${path}?eid_id=7&status=CANCELLED`)).toMatchObject(shows('receivedEid', 202));
  expect(await press(`${path}?eid_id=7&status=CANCELLED`)).toMatchObject(shows('used', 409));
  expect(await press(`${path}?eid_id=8&status=COMPLETED`)).toMatchObject(shows('receivedEid', 202));
});

test('a link in a mail counts once, whatever is hung on it', async () => {
  const path = `/v/${tokenOf()}`;
  expect((await press(path)).status).toBe(202);
  expect((await press(`${path}?again=1`)).status).toBe(409);
});

test('an eID address is taken so often in an hour, whatever is hung on it; another one is not kept out', async () => {
  const [path, other] = [`/eid/${tokenOf({ kind: 'eid' })}`, `/eid/${tokenOf({ kind: 'eid' })}`];
  const statuses: number[] = [];
  for (let n = 0; n < 22; n += 1) statuses.push((await press(`${path}?eid_id=${n}`)).status);
  expect(statuses).toEqual([...Array<number>(20).fill(202), 429, 429]);
  const { headers, markup } = await press(`${path}?eid_id=23`);
  expect([JSON.parse(markup).type, Number(headers.get('retry-after')) > 60]).toEqual(['/problems/rate-limited', true]);
  expect((await press(`${other}?eid_id=1`)).status).toBe(202);
});

test('more than an eID service has to say is not taken', async () => {
  const path = `/eid/${tokenOf({ kind: 'eid' })}`;
  expect(await press(`${path}?x=${'x'.repeat(4095)}`)).toMatchObject(shows('invalid', 404));
  expect(await press(`${path}?x=${'x'.repeat(4094)}`)).toMatchObject(shows('receivedEid', 202));
  const mail = `/v/${tokenOf()}`;
  expect(await press(`${mail}?x=${'x'.repeat(5000)}`)).toMatchObject(shows('receivedEmail', 202));
});

describe('whatever is no link of ours is one page, and nothing tells why', () => {
  const EXPIRED = () => Date.now() - 1;
  const cases: [string, () => string][] = [
    ['garbage', () => '/v/garbage'],
    ['nothing', () => '/v/'],
    ['a path', () => '/v/a/b/c'],
    ['very much', () => `/v/${'A'.repeat(8000)}`],
    ['a link of another kind', () => `/v/${tokenOf({ kind: 'eid' })}`],
    ['a link of another kind, the other way', () => `/eid/${tokenOf()}`],
    ['a link of another kind that has expired', () => `/v/${tokenOf({ kind: 'eid', expiresAt: EXPIRED() })}`],
    ['a link under another key', () => `/v/${tokenOf({}, parseKeyRing(makeKey(), 'test'))}`],
    ['a link that was cut off', () => `/v/${tokenOf().slice(0, -1)}`],
  ];

  test.each(cases)('%s', async (_, pathOf) => {
    const path = pathOf();
    const [seen, pressed] = [await open(path), await press(path)];
    expect(seen).toMatchObject(shows('invalid', 404));
    expect(pressed).toMatchObject(shows('invalid', 404));
    expect(seen.markup).toBe((await open('/v/garbage')).markup);
  });
});

test('a link that has expired says so, and does nothing', async () => {
  const { reference } = await house.waiting();
  const path = `/v/${tokenOf({ reference, expiresAt: Date.now() - 1, language: 'fi' })}`;
  expect(await open(path)).toMatchObject(shows('expired', 410, 'fi'));
  expect(await press(path)).toMatchObject(shows('expired', 410, 'fi'));
  await press(`/v/${tokenOf({ reference })}`);
  await eventually('the run is told by another', async () => (await house.stack.told(reference)) === 1);
  await house.stack.onboardings.cancel('tulo-payway', reference);
});

test.each(LANGUAGES)('speaks %s, by the link or else by what the browser asks for', async (language) => {
  const headers = { 'accept-language': language === 'en' ? 'sv' : 'en' };
  expect(await open(`/v/${tokenOf({ language })}`, { headers })).toMatchObject(shows('askEmail', 200, language));
  const asked = { headers: { 'accept-language': `${language};q=0.9` } };
  const refused = await open('/v/garbage', asked);
  expect(refused).toMatchObject(shows('invalid', 404, language));
  expect(refused.markup).toContain(`<html lang="${language}">`);
});

test('when Temporal is away the page says so, and the link stays valid', async () => {
  const keys = makeKey();
  const away = await startGateway({
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ONBOARDING_CALL_DEADLINE: 'PT1S',
    ONBOARDING_KEYS: keys,
  });
  const path = `/v/${tokenOf({}, parseKeyRing(keys, 'test'))}`;
  expect(await open(path, {}, away)).toMatchObject(shows('askEmail', 200));
  const pressed = await open(path, { method: 'POST' }, away);
  expect(pressed).toMatchObject(shows('unavailable', 503));
  expect(Number(pressed.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(away.log.join('')).toContain('TemporalUnavailable');
  await away.close();
});

test('no page may be kept, indexed, framed or told to others, and none takes anything from elsewhere', async () => {
  const token = tokenOf();
  for (const path of [`/v/${token}`, `/eid/${tokenOf({ kind: 'eid' })}`, '/v/garbage']) {
    for (const { headers } of [await open(path), await press(path)]) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
        ),
      });
    }
  }
  expect(house.stack.gateway.log.join('')).toContain('"/v/*"');
  expect(house.stack.gateway.log.join('')).not.toContain(token);
});

import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { LANGUAGES, type Language } from '../../gateway/returns/language.ts';
import { TEXTS } from '../../gateway/returns/texts/index.ts';
import { sealTicket, type ReturnTicket } from '../../gateway/returns/token.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { startGateway, type Running } from './webhook-gateway.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const keys = makeKey();
const keyRing = parseKeyRing(keys, 'test');

function tokenOf(changes: Partial<ReturnTicket>): string {
  return sealTicket(keyRing, {
    kind: 'email',
    provider: 'defentry',
    reference: `c-${randomUUID()}`,
    language: 'en',
    expiresAt: Date.now() + 86_400_000,
    ...changes,
  });
}

interface Visit {
  page: Page;
  /** What the browser complains about, and what it asked of anybody else than the gateway. */
  complaints: string[];
}

let browser: Browser;
let gateway: Running;
let away: Running;

async function visit(options: BrowserContextOptions, act: (visit: Visit) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  // A status other than 200 is what some of the pages are for, and browsers ask for a picture on their own.
  page.on('console', (line) => {
    if (line.type() === 'error' && !/status of (404|409|410|503)/.test(line.text())) complaints.push(line.text());
  });
  page.on('pageerror', ({ message }) => void complaints.push(message));
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (origin !== gateway.url && origin !== away.url) complaints.push(request.url());
  });
  await act({ page, complaints });
  await context.close();
}

interface Seen {
  language: string;
  title: string;
  headings: string[];
  landmarks: number;
  overflow: number;
  buttons: number[];
}

/** What a screen reader and a small screen need. Answers the title. */
async function readable({ page, complaints }: Visit, language: Language): Promise<string> {
  const seen = await page.evaluate<Seen>(`({
    language: document.documentElement.lang,
    title: document.title,
    headings: Array.from(document.querySelectorAll('h1'), (heading) => heading.textContent),
    landmarks: document.querySelectorAll('main').length,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    buttons: Array.from(document.querySelectorAll('button'), (button) => button.getBoundingClientRect().height),
  })`);
  expect(seen).toMatchObject({ language, headings: [seen.title], landmarks: 1, overflow: 0 });
  // WCAG 2.5.5.
  for (const height of seen.buttons) expect(height).toBeGreaterThanOrEqual(44);
  expect(complaints).toEqual([]);
  return seen.title;
}

/** Of the button's text on the button, as WCAG 2.2 computes it. */
async function contrast(page: Page): Promise<number> {
  const [text, ground] = await page.evaluate<[string, string]>(`(() => {
    const { color, backgroundColor } = getComputedStyle(document.querySelector('button'));
    return [color, backgroundColor];
  })()`);
  const luminance = (color: string) => {
    const [r, g, b] = color.match(/\d+/g)!.map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [low, high] = [luminance(text), luminance(ground)].toSorted((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

if (existsSync(CHROMIUM)) {
  beforeAll(async () => {
    gateway = await startGateway({
      TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS!,
      ONBOARDING_KEYS: keys,
      ONBOARDING_TASK_QUEUE: `tq-${randomUUID()}`,
    });
    away = await startGateway({
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      ONBOARDING_KEYS: keys,
      ONBOARDING_CALL_DEADLINE: 'PT1S',
    });
    // Its sandbox needs rights that a container does not give.
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([gateway.close(), away.close()]);
  });

  test.each(LANGUAGES)(
    'by keyboard, on a small screen, in %s: open the link, press the button, come again',
    (language) =>
      visit({}, async (seen) => {
        const { page } = seen;
        const texts = TEXTS[language];
        const link = `${gateway.url}/v/${tokenOf({ language })}`;
        await page.goto(link);
        expect(await readable(seen, language)).toBe(texts.askEmail.title);
        expect(await contrast(page)).toBeGreaterThanOrEqual(4.5);
        await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.tagName')).toBe('BUTTON');
        expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        expect(await readable(seen, language)).toBe(texts.receivedEmail.title);

        await page.goto(link);
        await Promise.all([
          page.waitForNavigation(),
          page.getByRole('button', { name: texts.askEmail.button! }).click(),
        ]);
        expect(await readable(seen, language)).toBe(texts.used.title);
        await page.goto(`${gateway.url}/v/${tokenOf({ language, expiresAt: 0 })}`);
        expect(await readable(seen, language)).toBe(texts.expired.title);
      }),
  );

  test.each(LANGUAGES)('back from an eID in %s the page goes on by itself', (language) =>
    visit({}, async (seen) => {
      await seen.page.goto(`${gateway.url}/eid/${tokenOf({ kind: 'eid', language })}?eid_id=7&status=COMPLETED`);
      await seen.page.getByRole('heading', { name: TEXTS[language].receivedEid.title }).waitFor();
      expect(await readable(seen, language)).toBe(TEXTS[language].receivedEid.title);
    }),
  );

  test('without scripts there is the button', () =>
    visit({ javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${gateway.url}/eid/${tokenOf({ kind: 'eid' })}?eid_id=8`);
      await page.getByRole('button', { name: TEXTS.en.askEid.button! }).click();
      await page.getByRole('heading', { name: TEXTS.en.receivedEid.title }).waitFor();
      expect(await page.title()).toBe(TEXTS.en.receivedEid.title);
    }));

  test.each(LANGUAGES)('a browser set to %s reads of a broken link in its language', (language) =>
    visit({ locale: language }, async (seen) => {
      await seen.page.goto(`${gateway.url}/v/garbage`);
      expect(await readable(seen, language)).toBe(TEXTS[language].invalid.title);
    }),
  );

  test('while Temporal is away the button stays, and presses again', () =>
    visit({ colorScheme: 'dark' }, async (seen) => {
      const { page } = seen;
      const path = `/v/${tokenOf({ language: 'de' })}`;
      await page.goto(away.url + path);
      await page.getByRole('button').click();
      await page.getByRole('heading', { name: TEXTS.de.unavailable.title }).waitFor();
      expect(await readable(seen, 'de')).toBe(TEXTS.de.unavailable.title);
      expect(await contrast(page)).toBeGreaterThanOrEqual(4.5);
      await page.getByRole('button', { name: TEXTS.de.unavailable.button! }).click();
      await page.getByRole('heading', { name: TEXTS.de.unavailable.title }).waitFor();
    }));
} else {
  test('the pages in a browser', () => {
    process.stdout.write(`skipped: no Chromium at ${CHROMIUM}; set CHROMIUM_PATH to drive the pages in one\n`);
    expect(existsSync(CHROMIUM)).toBe(false);
  });
}

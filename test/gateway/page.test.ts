import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { startGateway, type Gateway } from './suite.ts';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = BROWSERS.find((file) => existsSync(file));

let gateway: Gateway;
let browser: Browser | undefined;
beforeAll(async () => {
  gateway = await startGateway({
    env: { GATEWAY_TOKENS: '', TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS']! },
  });
  if (executablePath) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  else process.stdout.write('no Chromium is installed: /docs is fetched and not driven\n');
});
afterAll(async () => {
  await browser?.close();
  await gateway.close();
});

test('the page and everything on it comes from the gateway, under a strict policy', async () => {
  const { status, text, headers } = await gateway.call('GET', '/docs/', { token: null });
  expect(status).toBe(200);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const found = await gateway.call('GET', new URL(file, `${gateway.url}/docs/`).pathname, { token: null });
    expect([file, found.status]).toEqual([file, 200]);
  }
});

test('a person reads it in a browser and tries a call; nothing is blocked and nothing leaves this machine', async () => {
  if (!browser) return;
  const page = await browser.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => request.url().startsWith(gateway.url) || elsewhere.push(request.url()));
  await page.goto(`${gateway.url}/docs`);
  await page.getByText('Start an onboarding, once per reference').waitFor();
  await page.locator('#operations-Start-listProviders .opblock-summary-control').click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.locator('.live-responses-table').getByText('tulo-payway').first().waitFor();
  expect(complaints).toEqual([]);
  expect(elsewhere.filter((url) => !url.startsWith('data:'))).toEqual([]);
});

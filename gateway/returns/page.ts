import { createHash } from 'node:crypto';
import type { Language } from './language.ts';
import { TEXTS } from './texts/index.ts';
import type { PageName } from './texts/text.ts';

const STYLE = `
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere; hyphens: auto; }
h1 { font-size: clamp(1.25rem, 7vw, 1.6rem); line-height: 1.25; }
button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1.5rem; margin-top: .5rem; cursor: pointer;
  color: #fff; background: #0b57d0; border: 2px solid #0b57d0; border-radius: .5rem; }
button:hover { background: #0842a0; }
button:focus-visible { outline: 3px solid; outline-offset: 3px; }
`;

/** Sends the form of the eID page at once; without it the button is there. */
const SEND = 'document.forms[0].submit()';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but the page's own style and that one script; the form goes to where the page is from. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SEND)}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** No address of these pages may reach anybody else: it holds the token. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
};

/** Fixed texts only, nothing of the request: a form without an action goes to the address it stands at, with its query. */
export function page(language: Language, name: PageName): string {
  const { title, happened, next, button } = TEXTS[language][name];
  const form = button === undefined ? '' : `<form method="post"><button type="submit">${button}</button></form>`;
  const script = name === 'askEid' ? `<script>${SEND}</script>` : '';
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${happened}</p>
<p>${next}</p>
${form}
</main>
${script}
</body>
</html>
`;
}

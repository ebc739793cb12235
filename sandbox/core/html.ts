const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup that is safe to embed. */
export interface Html {
  markup: string;
}

type Part = string | number | Html | Html[];

const markupOf = (part: Part): string => {
  if (Array.isArray(part)) return part.map(markupOf).join('');
  return typeof part === 'object' ? part.markup : String(part).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
};

/** Template tag that escapes everything put in, except other markup. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: String.raw({ raw: strings }, ...parts.map(markupOf)) };
}

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; margin-block: 1rem 2rem; }
  caption { text-align: left; font-weight: 600; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8886; }
  form { display: inline; }
  button { font: inherit; padding: .35rem .8rem; margin: 0 .4rem .4rem 0; cursor: pointer; }
  button:focus-visible, a:focus-visible { outline: 3px solid #1a73e8; outline-offset: 2px; }
  .note { border-left: 4px solid #8888; padding-left: .8rem; }
`;

export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`.markup;
}

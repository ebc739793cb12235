import { html, type Html } from './html.ts';

export interface Bar {
  label: string;
  count: number;
  /** A class of the page's style. */
  tone: 'good' | 'neutral' | 'bad';
}

const WIDTH = 720;
const LABEL = 190;
const NUMBER = 80;
const ROW = 30;

/** Horizontal bars as inline SVG. `title` is what a screen reader says; the numbers stand beside the bars as text. */
export function barChart(title: string, bars: readonly Bar[]): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const height = bars.length * ROW;
  const told = bars.map(({ label, count }) => `${label}: ${count}`).join(', ');
  return html`<svg
    class="chart"
    role="img"
    aria-labelledby="chart-title chart-text"
    viewBox="0 0 ${WIDTH} ${height}"
    width="${WIDTH}"
    height="${height}"
  >
    <title id="chart-title">${title}</title>
    <desc id="chart-text">${told}.</desc>
    ${bars.map((bar, index) => row(bar, index * ROW, most))}
  </svg>`;
}

function row({ label, count, tone }: Bar, y: number, most: number): Html {
  const full = WIDTH - LABEL - NUMBER;
  // Whatever is there is seen.
  const width = count === 0 ? 0 : Math.max(2, Math.round((count / most) * full));
  const middle = y + ROW / 2;
  return html`<g>
    <text class="label" x="${LABEL - 12}" y="${middle}">${label}</text>
    <rect class="${tone}" x="${LABEL}" y="${y + 5}" width="${width}" height="${ROW - 10}" rx="3" />
    <text class="count" x="${LABEL + width + 8}" y="${middle}">${count}</text>
  </g>`;
}

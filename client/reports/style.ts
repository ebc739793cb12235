import { html } from './html.ts';

/** Of all report pages: readable in light, in dark, and on paper; colours with a contrast of at least 4.5 to 1. */
export const STYLE = html`<style>
  :root {
    color-scheme: light dark;
    --ink: #1d2430;
    --paper: #ffffff;
    --soft: #5a6472;
    --line: #d5dae1;
    --good: #2f7d4f;
    --neutral: #6b7685;
    --bad: #b3423a;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --ink: #e8ebf0;
      --paper: #151a21;
      --soft: #a4aebb;
      --line: #343c48;
      --good: #63b985;
      --neutral: #93a0b0;
      --bad: #ea8078;
    }
  }
  body {
    margin: 0;
    background: var(--paper);
    color: var(--ink);
    font:
      16px/1.5 system-ui,
      sans-serif;
  }
  main {
    max-width: 64rem;
    margin: 0 auto;
    padding: 2rem 1rem 4rem;
  }
  h1 {
    font-size: 1.6rem;
    margin: 0 0 0.5rem;
  }
  h2 {
    font-size: 1.2rem;
    margin: 2rem 0 0.5rem;
  }
  .outcome {
    font-weight: 600;
    margin: 0;
  }
  .outcome.agreed {
    color: var(--good);
  }
  .outcome.differences,
  .outcome.stopped {
    color: var(--bad);
  }
  .times,
  figcaption,
  caption {
    color: var(--soft);
  }
  figure {
    margin: 1.5rem 0;
  }
  .chart {
    width: 100%;
    max-width: 720px;
    height: auto;
  }
  .chart text {
    fill: var(--ink);
    font-size: 14px;
    dominant-baseline: central;
  }
  .chart .label {
    text-anchor: end;
  }
  .chart .good {
    fill: var(--good);
  }
  .chart .neutral {
    fill: var(--neutral);
  }
  .chart .bad {
    fill: var(--bad);
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 0.9rem;
  }
  .wide {
    overflow-x: auto;
  }
  .wide td {
    white-space: nowrap;
  }
  caption {
    text-align: left;
    padding: 0.25rem 0;
  }
  th,
  td {
    text-align: left;
    vertical-align: top;
    padding: 0.35rem 0.75rem 0.35rem 0;
    border-bottom: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  thead th {
    border-bottom-width: 2px;
    white-space: nowrap;
  }
  tbody th {
    font-weight: 600;
    white-space: nowrap;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
</style>`;

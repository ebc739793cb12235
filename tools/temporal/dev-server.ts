import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.ts';
import { answers, type Service } from '../process/service.ts';

/** As `temporal` spells the types. */
const CLI_TYPE = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
} as const;

export interface DevServerOptions {
  executable: string;
  log: string;
  port: number;
  /** Of the JSON API, by which readiness is seen. */
  httpPort: number;
  /** Without it there is no UI. */
  ui?: { port: number; codecUrl: string };
  /** Without it everything is in memory. */
  database?: string;
  /** Values as JSON, for example `"10ms"` with its quotes. */
  dynamicConfig?: Record<string, string>;
}

/** A Temporal dev server on 127.0.0.1. Ready when its `default` namespace answers, which is a second after its port does. */
export function devServer(options: DevServerOptions): Service {
  return {
    name: 'Temporal server',
    command: options.executable,
    args: devServerArgs(options),
    log: options.log,
    isReady: () => answers(`http://127.0.0.1:${options.httpPort}/api/v1/namespaces/default`),
  };
}

function devServerArgs({ ui, database, ...options }: DevServerOptions): string[] {
  const flags: [name: string, value: string | number][] = [
    ['ip', '127.0.0.1'],
    ['port', options.port],
    ['http-port', options.httpPort],
    ['log-level', 'warn'],
  ];
  if (ui) flags.push(['ui-port', ui.port], ['ui-codec-endpoint', ui.codecUrl]);
  if (database) {
    // As fast as in memory, and safe against a killed process.
    flags.push(
      ['db-filename', database],
      ['sqlite-pragma', 'journal_mode=wal'],
      ['sqlite-pragma', 'synchronous=normal'],
    );
  }
  for (const { name, type } of SEARCH_ATTRIBUTES) flags.push(['search-attribute', `${name}=${CLI_TYPE[type]}`]);
  for (const [key, value] of Object.entries(options.dynamicConfig ?? {})) {
    flags.push(['dynamic-config-value', `${key}=${value}`]);
  }
  const switchedOn = ui ? '--ui-disable-news-fetch' : '--headless';
  return ['server', 'start-dev', switchedOn, ...flags.map(([name, value]) => `--${name}=${value}`)];
}

import { readFileSync } from 'node:fs';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { temporal } from '@temporalio/proto';
import { eventsOf, replayConverter, type Recorded } from './histories.ts';

const NAME_KINDS = ['type', 'child', 'activity', 'signal', 'update', 'query', 'summary'] as const;

/** By kind: what workflows are called by, and what they call; and the texts that name timers and calls, undo and reminders included. */
export type Names = Record<(typeof NAME_KINDS)[number], string[]>;

/** Whose text argument is what the time line shows. */
const SUMMARISED = 'act|poll|persist|lastLook|undo|reading|make|openSession|sendMail|read|removeMember';

const SOURCE_MAP = /^\/\/# sourceMappingURL=.*$/m;

/** The names in a workflow bundle, as the code registers, proxies or passes them. A changing part of a text is `*`. */
export function namesIn(bundle: string): Names {
  const modules = bundle
    .replace(SOURCE_MAP, '')
    .split('/***/ "')
    .filter((each) => /^\.\/(workflows|contract)\//.test(each));
  const code = modules.join('\n').replaceAll(/^.*__WEBPACK_IMPORTED_MODULE_\d+__ = .*$/gm, '');
  const all = (pattern: RegExp) =>
    unique([...code.matchAll(pattern)].flatMap((found) => found.slice(1).filter(Boolean)));
  const index = modules.find((each) => each.startsWith('./workflows/index.')) ?? '';
  const constants = new Map([...code.matchAll(/const (\w+) = '(\w+)';/g)].map(([, name, value]) => [name, value!]));
  const texts = all(
    new RegExp(
      String.raw`\b(?:${SUMMARISED})\((?:[\w., ]+, |run, \(summary\)=>[\w.()]+, )?(?:'([^']+)'|${'`([^`]+)`'})`,
      'g',
    ),
  );
  return {
    type: unique([...index.matchAll(/\*\/ {3}(\w+): \(\) =>/g)].map(([, name]) => name!)),
    child: all(/\bstartChild\)\([\w.]*?\b([A-Z_]+)\b(?=,)/g).map((name) => constants.get(name) ?? name),
    activity: unique([
      ...all(/\b(?:act|poll|persist|lastLook|undo|reading)\((?:\w+|'[^']*'|`[^`]*`)\)\s*\.(\w+)\(/g),
      ...all(/const \{ (\w+) \} = \(0,\w+\.proxyActivities\)/g),
      ...all(/\baskTemporal\(run, [^)]*\)\s*\.(\w+)\(/g),
      ...all(/\baskRuns(?:\))?\(\w*\)\.(\w+)\(/g),
    ]),
    signal: all(/\bdefineSignal\)\('(\w+)'/g),
    update: all(/\bdefineUpdate\)\('(\w+)'/g),
    query: all(/\bdefineQuery\)\('(\w+)'/g),
    summary: unique(
      [...texts, ...all(/\bsummary: (?:'([^']+)'|`([^`]+)`)/g), ...all(/'((?:Undo|Remind): [^']+)'/g)].map((text) =>
        text.replaceAll(/\$\{[^}]*\}/g, '*'),
      ),
    ),
  };
}

/** The names that recorded histories hold. A query leaves nothing in a history: `queries.json` has those that callers know. */
export async function namesOn(recorded: readonly Recorded[]): Promise<Names> {
  const events = recorded.flatMap(eventsOf);
  const of = (name: (event: temporal.api.history.v1.IHistoryEvent) => string | null | undefined) =>
    unique(events.flatMap((event) => name(event) ?? []));
  return {
    type: of((event) => event.workflowExecutionStartedEventAttributes?.workflowType?.name),
    child: of((event) => event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType?.name),
    activity: of((event) => event.activityTaskScheduledEventAttributes?.activityType?.name),
    signal: of((event) => event.workflowExecutionSignaledEventAttributes?.signalName),
    update: of((event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name),
    query: JSON.parse(readFileSync('test/replay/queries.json', 'utf8')) as string[],
    summary: unique((await Promise.all(recorded.map(summariesOf))).flat()),
  };
}

async function summariesOf(recorded: Recorded): Promise<string[]> {
  const { payloadConverter, payloadCodecs } = loadDataConverter(replayConverter);
  const payloads = eventsOf(recorded)
    .filter((event) => event.timerStartedEventAttributes ?? event.activityTaskScheduledEventAttributes)
    .flatMap(({ userMetadata }) => userMetadata?.summary ?? []);
  const opened = await payloadCodecs[0]!.decode(payloads);
  return opened.map((payload) => payloadConverter.fromPayload<string>(payload));
}

/** What of the code no recorded history holds, as `kind name`: the gate would not see it change. */
export function unrecorded(code: Names, histories: Names): string[] {
  return NAME_KINDS.flatMap((kind) =>
    code[kind].filter((name) => !histories[kind].some((held) => matches(name, held))).map((name) => `${kind} ${name}`),
  );
}

/** What recorded histories hold and the code has no more, but for texts, which a replay does not compare. */
export function forgotten(code: Names, histories: Names): string[] {
  return NAME_KINDS.filter((kind) => kind !== 'summary').flatMap((kind) =>
    histories[kind].filter((name) => !code[kind].includes(name)).map((name) => `${kind} ${name}`),
  );
}

/** A text that another follows, as `Remind: invite` the member's name, is its beginning. */
function matches(pattern: string, text: string): boolean {
  const literal = pattern.replaceAll(/[.+?()[\]{}|^$]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*')}`).test(text);
}

function unique(names: string[]): string[] {
  return [...new Set(names)].toSorted();
}

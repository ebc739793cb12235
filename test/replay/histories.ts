import { createSecretKey } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { OUTCOME } from '../../contract/search-attributes.ts';

const FOLDER = path.resolve('test/replay/histories');

/** Of invented data in recorded histories, and of nothing else; without it they could not be replayed. */
export const replayConverter = createDataConverter({
  writing: 'replay',
  // A text, which no key ring takes, so that nobody takes it for a key.
  keys: new Map([['replay', createSecretKey('replay-only-key-of-invented-data', 'utf8')]]),
});

export interface Recorded {
  /** `<path>.<workflow type>.<version that wrote it>` */
  name: string;
  workflowId: string;
  history: object;
}

export function recordedHistories(): Recorded[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: file.replace(/\.json$/, ''), ...read(file) }));
}

function read(file: string): Omit<Recorded, 'name'> {
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Omit<Recorded, 'name'>;
}

export function eventsOf({ history }: Recorded): temporal.api.history.v1.IHistoryEvent[] {
  return historyFromJSON(history).events!;
}

export function typeOf(recorded: Recorded): string {
  return eventsOf(recorded)[0]!.workflowExecutionStartedEventAttributes!.workflowType!.name!;
}

/** Ids of the patches whose new side the run has gone. */
export function patchesOf(recorded: Recorded): string[] {
  return eventsOf(recorded).flatMap(({ markerRecordedEventAttributes: marker }) =>
    (marker?.details?.['patch-data']?.payloads ?? []).map(
      (payload) => defaultPayloadConverter.fromPayload<{ id: string }>(payload).id,
    ),
  );
}

/** The search attribute of the ended run. */
export function outcomeOf(recorded: Recorded): string | undefined {
  const shown = eventsOf(recorded).flatMap(
    (event) =>
      event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields?.[OUTCOME.name] ?? [],
  );
  return shown.map((payload) => defaultPayloadConverter.fromPayload<string>(payload)).at(-1);
}

/** Writes a history that is not there yet; one that is, is a release's and is never written again. */
export async function record(client: Client, name: string, workflowId: string, runId?: string): Promise<void> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const json = JSON.parse(historyToJSON(history)) as object;
  writeFileSync(path.join(FOLDER, `${name}.json`), `${JSON.stringify({ workflowId, history: json })}\n`, {
    flag: 'wx',
  });
}

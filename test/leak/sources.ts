import { readFile } from 'node:fs/promises';
import { Client, type Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import sqlite from 'node-sqlite3-wasm';
import type { Source } from './search.ts';
import type { TemporalServer } from './programs.ts';

const NAMESPACE = 'default';

export function text(name: string, content: string): Source {
  return { name, bytes: Buffer.from(content) };
}

export async function file(name: string, path: string): Promise<Source> {
  return { name, bytes: await readFile(path) };
}

export async function page(name: string, url: string): Promise<Source> {
  return text(name, await (await fetch(url)).text());
}

/** As the server would hand it to anybody with access to the namespace: nothing is decoded. */
export async function temporalSources(connection: Connection): Promise<Source[]> {
  const { workflowService } = connection;
  const naked = new Client({ connection, namespace: NAMESPACE });
  const { executions } = await workflowService.listWorkflowExecutions({ namespace: NAMESPACE, pageSize: 1000 });
  const sources: Source[] = [
    text('workflow ids', JSON.stringify(executions.map(({ execution }) => execution))),
    text('search attributes', JSON.stringify(executions.map(({ searchAttributes }) => searchAttributes))),
    text('memos', JSON.stringify(executions.map(({ memo }) => memo))),
    text('list of runs', JSON.stringify(executions)),
  ];
  for (const { execution } of executions) {
    const { workflowId, runId } = { workflowId: execution!.workflowId!, runId: execution!.runId! };
    const history = await naked.workflow.getHandle(workflowId, runId).fetchHistory();
    sources.push(
      text(`history of ${workflowId}`, historyToJSON(history)),
      await described(connection, workflowId, runId),
    );
  }
  return sources;
}

/** With the activities that are pending, and why they failed last. */
export async function described(connection: Connection, workflowId: string, runId?: string): Promise<Source> {
  const execution = { workflowId, ...(runId !== undefined && { runId }) };
  const description = await connection.workflowService.describeWorkflowExecution({ namespace: NAMESPACE, execution });
  return text(`description of ${workflowId}`, JSON.stringify(description));
}

/** The files byte by byte, with what was deleted or not yet written back; then every row, which may be split between pages. */
export async function databaseSources({ database }: TemporalServer): Promise<Source[]> {
  const files = await Promise.all([
    file('database', database),
    file('write-ahead log of the database', `${database}-wal`),
  ]);
  const db = new sqlite.Database(database);
  try {
    // Else SQLite wants shared memory for the write-ahead log.
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    const tables = db.all("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name as string);
    const rows = tables.map((table) => ({ name: `table ${table}`, bytes: rowsOf(db, table) }));
    return [...files, ...rows.filter(({ bytes }) => bytes.length > 0)];
  } finally {
    db.close();
  }
}

function rowsOf(db: InstanceType<typeof sqlite.Database>, table: string): Buffer {
  const cells = db.all(`SELECT * FROM "${table}"`).flatMap((row) => Object.values(row));
  return Buffer.concat(
    cells.flatMap((cell) => [cell instanceof Uint8Array ? cell : Buffer.from(String(cell)), Buffer.from('\n')]),
  );
}

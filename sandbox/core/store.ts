import sqlite from 'node-sqlite3-wasm';
import { claimDataFile } from './data-file.ts';

export interface Row {
  id: string;
}

/** One kind of row. `F` are the fields by which rows can be found. */
export interface Table<T extends Row, F extends string = never> {
  /** Counts up and never gives the same number twice, also after a delete or a restart. */
  nextNumber(): number;
  get(id: string): T | undefined;
  find(field: F, value: string): T[];
  /** In order of insertion. */
  all(): T[];
  put(row: T): void;
  remove(id: string): void;
}

export interface Store {
  table<T extends Row, F extends string = never>(
    kind: string,
    fields: Record<F, (row: T) => string | null>,
  ): Table<T, F>;
  /** All of `work` or, when it throws, nothing. `work` is synchronous, so no two transactions mix. */
  transaction<R>(work: () => R): R;
  close(): void;
}

// Without fsync a killed process loses nothing that was answered; only a crash of the machine could.
const SCHEMA = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = PERSIST;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS rows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id));
  CREATE TABLE IF NOT EXISTS fields (
    kind TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (kind, id, field)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS fields_by_value ON fields (kind, field, value);
  CREATE TABLE IF NOT EXISTS numbers (kind TEXT PRIMARY KEY, last INTEGER NOT NULL);
`;

/** Opens the state of a sandbox: in a SQLite file that survives `kill -9`, or in memory when no path is given. */
export function openStore(path?: string): Store {
  const release = path === undefined ? undefined : claimDataFile(path);
  const db = new sqlite.Database(path ?? ':memory:');
  db.exec(SCHEMA);
  const prepared = new Map<string, ReturnType<typeof db.prepare>>();
  const sql = (text: string) => {
    const statement = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, statement);
    return statement;
  };

  const transaction = <R>(work: () => R): R => {
    if (db.inTransaction) return work();
    db.exec('BEGIN');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };

  const table = <T extends Row, F extends string>(
    kind: string,
    fields: Record<F, (row: T) => string | null>,
  ): Table<T, F> => {
    const read: (body: string) => T = JSON.parse;
    const rows = (text: string, values: string[]): T[] =>
      sql(text)
        .all(values)
        .flatMap(({ body }) => (typeof body === 'string' ? [read(body)] : []));
    const forgetFields = (id: string) => sql('DELETE FROM fields WHERE kind = ? AND id = ?').run([kind, id]);
    return {
      nextNumber() {
        sql('INSERT INTO numbers VALUES (?, 1) ON CONFLICT DO UPDATE SET last = last + 1').run([kind]);
        return Number(sql('SELECT last FROM numbers WHERE kind = ?').get([kind])?.['last']);
      },
      get: (id) => rows('SELECT body FROM rows WHERE kind = ? AND id = ?', [kind, id])[0],
      find: (field, value) =>
        rows(
          `SELECT body FROM fields JOIN rows USING (kind, id)
           WHERE kind = ? AND field = ? AND value = ? ORDER BY seq`,
          [kind, field, value],
        ),
      all: () => rows('SELECT body FROM rows WHERE kind = ? ORDER BY seq', [kind]),
      put: (row) =>
        transaction(() => {
          sql(
            `INSERT INTO rows (kind, id, body) VALUES (?, ?, ?)
             ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body`,
          ).run([kind, row.id, JSON.stringify(row)]);
          forgetFields(row.id);
          for (const [field, valueOf] of Object.entries<(row: T) => string | null>(fields)) {
            const value = valueOf(row);
            if (value !== null) sql('INSERT INTO fields VALUES (?, ?, ?, ?)').run([kind, row.id, field, value]);
          }
        }),
      remove: (id) =>
        transaction(() => {
          sql('DELETE FROM rows WHERE kind = ? AND id = ?').run([kind, id]);
          forgetFields(id);
        }),
    };
  };

  return {
    table,
    transaction,
    close() {
      for (const statement of prepared.values()) statement.finalize();
      db.close();
      release?.();
    },
  };
}

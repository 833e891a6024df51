/**
 * What MikroORM sees of a SQLite file: a Kysely dialect over our writing connection. The gated one is MikroORM's own (it
 * takes its turn among the writers); the ungated one serves the EntityManager inside a transaction that holds the gate.
 */
import { CompiledQuery, SqliteDialect, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type { SqlValue } from './database.ts';
import type { Gate, SqliteConnection } from './sqlite-connection.ts';

const READS = /^\s*(select|pragma|explain|with)\b|\breturning\b/i;

export function kyselyDialect(connection: SqliteConnection, gate: Gate | null): SqliteDialect {
  const dialect = new SqliteDialect({ database: async () => Promise.reject(new Error('the connection is ours')) });
  dialect.createDriver = () => new SharedConnectionDriver(connection, gate);
  return dialect;
}

class SharedConnectionDriver implements Driver {
  readonly #gate: Gate | null;
  readonly #connection: DatabaseConnection;

  constructor(connection: SqliteConnection, gate: Gate | null) {
    this.#gate = gate;
    this.#connection = new KyselyConnection(connection);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#gate?.enter();
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#gate?.leave();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint "${name}"`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to "${name}"`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release "${name}"`));
  }

  /** The file is closed by its owner. */
  async destroy(): Promise<void> {}
}

class KyselyConnection implements DatabaseConnection {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const parameters = query.parameters as readonly SqlValue[];
    if (READS.test(query.sql)) return { rows: this.#connection.all(query.sql, parameters) as Row[] };
    const { changes, lastInsertRowid } = this.#connection.run(query.sql, parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not offered: read page by page');
  }
}

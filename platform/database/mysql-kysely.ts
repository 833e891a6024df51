/**
 * What MikroORM sees of a MySQL schema: a Kysely dialect over our own connections, so that its statements are counted,
 * limited and typed like all others. Over a pool for reading and migrating; over one connection inside a transaction.
 */
import { CompiledQuery, MysqlDialect, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type { SqlValue } from './database.ts';
import type { Outcome } from './mysql-pool.ts';

export interface StatementSource {
  run(sql: string, parameters: readonly SqlValue[]): Promise<Outcome>;
  release(): void;
}

export function kyselyDialect(take: () => Promise<StatementSource>): MysqlDialect {
  const dialect = new MysqlDialect({ pool: async () => Promise.reject(new Error('the connections are ours')) });
  dialect.createDriver = () => new SourceDriver(take);
  return dialect;
}

class SourceDriver implements Driver {
  readonly #take: () => Promise<StatementSource>;

  constructor(take: () => Promise<StatementSource>) {
    this.#take = take;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SourceConnection> {
    return new SourceConnection(await this.#take());
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as SourceConnection).source.release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint \`${name}\``));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to savepoint \`${name}\``));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release savepoint \`${name}\``));
  }

  /** The pool is closed by its owner. */
  async destroy(): Promise<void> {}
}

class SourceConnection implements DatabaseConnection {
  readonly source: StatementSource;

  constructor(source: StatementSource) {
    this.source = source;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changed, insertId } = await this.source.run(query.sql, query.parameters as readonly SqlValue[]);
    return { rows: rows as Row[], numAffectedRows: BigInt(changed), insertId: BigInt(insertId) };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not offered: read page by page');
  }
}

/**
 * Which engines the tests run on: the embedded ones, or those that TEST_ENGINES names (`mysql,redis`), each at the address in
 * its variable. A test that was asked for an engine fails when it does not answer; it never falls back.
 */

/** Engine → the variable that holds its address; tests of three brokers start their own, and need the tool that can. */
export const ENGINE_ADDRESSES: Readonly<Record<string, string>> = { mysql: 'MYSQL_DSN', redis: 'REDIS_ADDRESS', kafka: 'KAFKA_BROKERS', consul: 'CONSUL_ADDRESS', kafka3: 'ENGINES' };

export type EngineName = 'mysql' | 'redis' | 'kafka' | 'consul';

export const testEngines: ReadonlySet<string> = new Set((process.env.TEST_ENGINES ?? '').split(',').map((name) => name.trim()).filter(Boolean));

for (const name of testEngines) {
  if (!(name in ENGINE_ADDRESSES)) throw new Error(`TEST_ENGINES names ${name}; there are ${Object.keys(ENGINE_ADDRESSES).join(', ')}`);
  if (!process.env[ENGINE_ADDRESSES[name]!]) throw new Error(`TEST_ENGINES names ${name}, so ${ENGINE_ADDRESSES[name]} must hold its address`);
}

/** The address of an engine that the tests were asked to run on, else null. */
export function engineAddress(name: EngineName): string | null {
  return testEngines.has(name) ? process.env[ENGINE_ADDRESSES[name]!]! : null;
}

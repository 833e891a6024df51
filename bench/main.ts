/** `npm run bench [-- <what> …]`: measures and prints tables. Nothing here passes or fails; the tests do that. */
const WHAT: Readonly<Record<string, string>> = {
  embedded: 'the mall in one process on SQLite (the default)',
  distributed: 'the mall as processes on the engines whose addresses are given',
  live: 'a hint from one process to another over Redis',
  kafka: 'a message over Kafka',
  messages: 'the reliability core alone',
  replicas: 'two processes of one room: how soon one relays what the other commits, and follows it when it is killed',
  recommendations: 'how well interactions are foretold, of a file (--interactions <file.csv>) or of planted ones',
};

const [what = 'embedded', ...rest] = process.argv.slice(2);
if (what in WHAT) {
  process.argv.splice(2, process.argv.length, ...rest);
  await import(`./${what}.ts`);
} else {
  console.error(`There is nothing to measure called "${what}"; there are:\n${Object.entries(WHAT).map(([name, words]) => `  ${name.padEnd(12)} ${words}`).join('\n')}`);
  process.exitCode = 1;
}

/** The yardstick: the stock @apollo/gateway behind @apollo/server, as a process of its own. Prints its port. */
import { readFileSync } from 'node:fs';

process.env.APOLLO_TELEMETRY_DISABLED = 'true';
const { ApolloServer } = await import('@apollo/server');
const { startStandaloneServer } = await import('@apollo/server/standalone');
const { ApolloGateway } = await import('@apollo/gateway');

const supergraphSdl = readFileSync(new URL('./supergraph.graphql', import.meta.url), 'utf8').replaceAll('__SUBGRAPHS__', process.argv[2]!);
const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) as never });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
console.log(new URL(url).port);

/** The four subgraphs of the community's gateway benchmark, answering each known request from memory. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLSchema } from 'graphql';

const expected = JSON.parse(readFileSync(new URL('./small.expected.json', import.meta.url), 'utf8')) as {
  data: { topProducts: { name: string; price: number; reviews: { body: string; author: { name: string } }[] }[] };
};
const upcs = expected.data.topProducts.map((_, index) => String(index + 1));
const product = (upc: string) => expected.data.topProducts[Number(upc) - 1]!;

const resolvers: Record<string, Record<string, unknown>> = {
  accounts: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: expected.data.topProducts[0]!.reviews[0]!.author.name }) } },
  inventory: { Product: { __resolveReference: ({ upc }: { upc: string }) => ({ upc, inStock: true }) } },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => upcs.slice(0, first).map((upc) => ({ upc, name: product(upc).name, price: product(upc).price })) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => ({ upc, name: product(upc).name, price: product(upc).price }) },
  },
  reviews: {
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => ({ upc }),
      reviews: ({ upc }: { upc: string }) => product(upc).reviews.map((review, index) => ({ id: `${upc}-${index}`, body: review.body, author: { id: '1' } })),
    },
    User: { __resolveReference: ({ id }: { id: string }) => ({ id }) },
  },
};

const schemas = new Map<string, GraphQLSchema>(
  Object.keys(resolvers).map((name) => [
    `/${name}`,
    buildSubgraphSchema([{ typeDefs: parse(readFileSync(new URL(`./${name}.graphql`, import.meta.url), 'utf8')), resolvers: resolvers[name] as never }]),
  ]),
);

const answers = new Map<string, Buffer>();

/** Listens on a free port of the loopback interface. */
export async function startSubgraphs(): Promise<{ origin: string; stop: () => void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const text = Buffer.concat(chunks).toString();
      const key = request.url + text;
      let answer = answers.get(key);
      if (!answer) {
        const { query, variables } = JSON.parse(text);
        answer = Buffer.from(JSON.stringify(await graphql({ schema: schemas.get(request.url!)!, source: query, variableValues: variables })));
        answers.set(key, answer);
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`, stop: () => server.close() };
}

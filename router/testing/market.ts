/**
 * A small supergraph for tests of the router, real subgraphs on fixed data, in the shape of the community's gateway
 * benchmark and with everything that plans can hold: `@requires` (also of nested fields), `@provides`, an
 * `@interfaceObject`, interfaces, unions, entities without resolver; and with every misfortune: entities that are gone,
 * fields that throw, nulls where none may be. All of it depends on ids alone, so two executors meet the same.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { Fault } from '#platform/errors.ts';
import { compose } from '../compose.ts';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@authenticated", "@requiresScopes", "@inaccessible"])';

const SDL = {
  accounts: `
    type Query { me: User users: [User] user(id: ID!): User strictUsers: [User!] }
    type Mutation { rename(id: ID!, name: String!): User guarded: User @authenticated }
    type User @key(fields: "id") { id: ID! name: String! username: String @shareable birthday: Int email: String @authenticated salary: Int! @requiresScopes(scopes: [["users:read"]]) boss: User friends: [User!] }
  `,
  products: `
    type Query { topProducts(first: Int = 5): [Product] product(upc: String!): Product search(term: String): [Found] catalogue: [Media] node(id: ID!): Node everything: [[Product]] strictProducts: [Product!]! }
    type Mutation { reprice(upc: String!, price: Int!): Product }
    type Subscription { priced(upc: String!, times: Int = 3): Product }
    interface Node { id: ID! label: String }
    union Found = Product | Shop | Book
    type Product implements Node @key(fields: "upc") { upc: String! id: ID! label: String name: String price: Int weight: Int size: Size kind: Kind secret: String @inaccessible }
    type Size @shareable { height: Int! width: Int! }
    enum Kind { NEW USED @inaccessible OLD }
    type Shop implements Node @key(fields: "id") { id: ID! label: String owner: User! }
    type User @key(fields: "id", resolvable: false) { id: ID! }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
    type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int! }
  `,
  inventory: `
    type Product @key(fields: "upc") {
      upc: String! weight: Int @external price: Int @external size: Size @external
      inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") box: String @requires(fields: "size { height width }") shelf: Shelf!
    }
    type Size @external { height: Int! width: Int! }
    type Shelf { number: Int! row: String }
    type Shop @key(fields: "id") { id: ID! stocks: [Product!] open: Boolean! }
  `,
  reviews: `
    type Query { latestReviews: [Review] }
    type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") strictAuthor: User! stars: Int }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews(first: Int): [Review] rating: Float! }
    type Media @key(fields: "id") @interfaceObject { id: ID! reviews: [Review] verdict: String! }
  `,
};

/** What reference resolvers say. */
export const ENTITY_TROUBLE = /^(user u5|inventory of p6) broke$/;

export type SubgraphName = keyof typeof SDL;
export const NAMES = Object.keys(SDL) as SubgraphName[];

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
const USERS = ids('u', 5);
const PRODUCTS = ids('p', 6);
const REVIEWS = ids('r', 9);
const number = (id: string) => Number(id.slice(1));
const boom = (what: string): never => {
  throw new Error(`${what} broke`);
};

const user = (id: string) => ({ id });
const product = (upc: string) => ({ upc });
const userOfReview = (id: string) => user(USERS[number(id) % USERS.length]!);
const reviewsOf = (n: number) => REVIEWS.filter((id) => number(id) % 3 === n % 3).map((id) => ({ id }));

const RESOLVERS: Record<SubgraphName, Record<string, unknown>> = {
  accounts: {
    Query: {
      me: () => user('u1'),
      users: () => [...USERS.map(user), null],
      strictUsers: () => USERS.map(user),
      user: (_: unknown, { id }: { id: string }) => (id === 'u9' ? null : user(id)),
    },
    Mutation: { rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ id, renamed: name }), guarded: () => user('u1') },
    User: {
      __resolveReference: ({ id }: { id: string }) => (id === 'u3' ? null : id === 'u5' ? Promise.reject(new Error('user u5 broke')) : user(id)),
      name: ({ id, renamed }: { id: string; renamed?: string }) => renamed ?? (id === 'u4' ? null : `User ${id}`),
      username: ({ id }: { id: string }) => `name-${id}`,
      birthday: ({ id }: { id: string }) => (id === 'u2' ? boom('birthday') : 1990 + number(id)),
      email: ({ id }: { id: string }) => `${id}@example.com`,
      salary: ({ id }: { id: string }) => number(id) * 1000,
      boss: ({ id }: { id: string }) => (id === 'u1' ? null : user('u1')),
      friends: ({ id }: { id: string }) => USERS.filter((other) => other !== id).slice(0, 2).map(user),
    },
  },
  products: {
    Query: {
      topProducts: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first).map(product),
      strictProducts: () => PRODUCTS.slice(0, 3).map(product),
      product: (_: unknown, { upc }: { upc: string }) => (PRODUCTS.includes(upc) ? product(upc) : null),
      search: (_: unknown, { term }: { term?: string }) => (term === 'none' ? [] : [product('p1'), { id: 's1' }, null, { id: 'b1' }, product('p2'), product('p1')]),
      catalogue: () => [{ id: 'b1' }, { id: 'f1' }, { id: 'b2' }, null],
      node: (_: unknown, { id }: { id: string }) => (id.startsWith('s') ? { id } : product(id)),
      everything: () => [[product('p1'), product('p4')], null, [null, product('p3')], []],
    },
    Mutation: { reprice: (_: unknown, { upc, price }: { upc: string; price: number }) => (price < 0 ? faulty() : { upc, price }) },
    Subscription: {
      priced: {
        async *subscribe(_: unknown, { upc, times }: { upc: string; times: number }) {
          for (let index = 1; index <= times; index++) yield { priced: { upc, price: index * 10 } };
        },
      },
    },
    Node: { __resolveType: typeName },
    Found: { __resolveType: typeName },
    Media: { __resolveType: typeName, __resolveReference: ({ id }: { id: string }) => (id === 'b2' ? null : { id }) },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => (PRODUCTS.includes(upc) ? product(upc) : null),
      id: ({ upc }: { upc: string }) => `id-${upc}`,
      label: ({ upc }: { upc: string }) => `label ${upc}`,
      name: ({ upc }: { upc: string }) => `Product ${upc}`,
      price: ({ upc, price }: { upc: string; price?: number }) => price ?? (upc === 'p4' ? boom('price') : number(upc) * 100),
      weight: ({ upc }: { upc: string }) => number(upc) * 7,
      size: ({ upc }: { upc: string }) => (upc === 'p2' ? null : { height: number(upc), width: upc === 'p5' ? null : 2 }),
      kind: ({ upc }: { upc: string }) => ['NEW', 'USED', 'OLD'][number(upc) % 3],
      secret: () => 'secret',
    },
    Shop: { __resolveReference: ({ id }: { id: string }) => ({ id }), label: () => 'a shop', owner: () => user('u3') },
    Book: { __resolveReference: ({ id }: { id: string }) => ({ id }), title: ({ id }: { id: string }) => `Book ${id}`, pages: () => 100 },
    Film: { __resolveReference: ({ id }: { id: string }) => ({ id }), title: () => 'A film', minutes: () => 90 },
  },
  inventory: {
    Product: {
      __resolveReference: (representation: { upc: string }) =>
        representation.upc === 'p3' ? null : representation.upc === 'p6' ? boom('inventory of p6') : representation,
      inStock: ({ upc }: { upc: string }) => number(upc) % 2 === 0,
      shippingEstimate: ({ price, weight }: { price: number; weight: number }) => price + weight,
      box: ({ size }: { size: { height: number; width: number } | null }) => (size ? `${size.height}x${size.width}` : 'none'),
      shelf: ({ upc }: { upc: string }) => (upc === 'p5' ? null : { number: number(upc), row: 'A' }),
    },
    Shop: { __resolveReference: ({ id }: { id: string }) => ({ id }), stocks: () => [product('p1'), product('p2')], open: () => true },
  },
  reviews: {
    Query: { latestReviews: () => REVIEWS.slice(0, 4).map((id) => ({ id })) },
    Review: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      body: ({ id }: { id: string }) => (id === 'r4' ? boom('body') : `Review ${id}`),
      product: ({ id }: { id: string }) => product(PRODUCTS[number(id) % PRODUCTS.length]!),
      author: ({ id }: { id: string }) => ({ ...userOfReview(id), username: `provided-${id}` }),
      strictAuthor: ({ id }: { id: string }) => (id === 'r6' ? null : userOfReview(id)),
      stars: ({ id }: { id: string }) => number(id) % 5,
    },
    User: { __resolveReference: ({ id }: { id: string }) => ({ id }), username: ({ username }: { username?: string }) => username, reviews: ({ id }: { id: string }) => reviewsOf(number(id)) },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => ({ upc }),
      reviews: ({ upc }: { upc: string }, { first }: { first?: number }) => reviewsOf(number(upc)).slice(0, first ?? 3),
      rating: ({ upc }: { upc: string }) => (upc === 'p2' ? null : number(upc) / 2),
    },
    Media: { __resolveReference: ({ id }: { id: string }) => ({ id }), reviews: ({ id }: { id: string }) => reviewsOf(number(id)), verdict: ({ id }: { id: string }) => (id === 'f1' ? null : 'good') },
  },
};

function typeName({ upc, id }: { upc?: string; id?: string }): string {
  if (upc) return 'Product';
  return { s: 'Shop', b: 'Book', f: 'Film' }[id![0]!]!;
}

function faulty(): never {
  throw new Fault('INVALID_INPUT', 'price: must not be negative', { fields: { price: 'must not be negative' } });
}

const rooms = NAMES.map((name) => ({ name, sdl: `${LINK}\n${SDL[name]}`, url: `http://localhost/${name}` }));

export const marketSupergraph = (): string => compose(rooms, '').supergraph;

export const marketSchemas = (): Map<string, GraphQLSchema> =>
  new Map(rooms.map(({ name, sdl }) => [name, buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: RESOLVERS[name as SubgraphName] as never }])]));

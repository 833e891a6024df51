/** What the GraphQL page opens with, so that a newcomer can press "run" at once. */
export const readyOperations = [
  {
    name: 'Products with stock',
    query: `# Goods, prices and stock: two rooms answer, the router joins them.
query ProductList {
  products(first: 3, sort: BEST_SELLING) {
    totalCount
    edges {
      node {
        slug
        name
        variants { id sku price { amountMinor currency } stock { available status } }
      }
    }
  }
}`,
  },
  {
    name: 'Search with a typing mistake',
    query: `query Search {
  search(query: "coffe mgu", first: 5) {
    totalCount
    correctedQuery
    edges { node { slug name } }
    facets { name values { value label count } }
  }
}`,
  },
  {
    name: 'Put it in a cart',
    query: `# Take a variant's id from the first tab. The same key again changes nothing.
mutation AddToCart($variantId: ID = "paste a variant id") {
  addToCart(input: { variantId: $variantId, quantity: 1, idempotencyKey: "0b0f6e3a-3c1e-4d0e-9a4e-000000000001" }) {
    __typename
    ... on Cart { id lines { quantity variant { name } lineTotal { amountMinor currency } } total { amountMinor currency } }
    ... on Refusal { code message }
  }
}`,
  },
  {
    name: 'Watch a cart',
    query: `# Leave this running and change the cart in another tab.
subscription CartChanged($cartId: ID = "paste a cart id") {
  cartChanged(cartId: $cartId) { version itemCount total { amountMinor currency } }
}`,
  },
];

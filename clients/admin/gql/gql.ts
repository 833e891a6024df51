/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment SessionParts on Session {\n  accessToken\n  refreshToken\n  expiresInSeconds\n  user {\n    id\n    email\n    displayName\n    roles\n  }\n}\n\nfragment MoneyParts on Money {\n  amountMinor\n  currency\n}\n\nfragment ProductCard on Product {\n  id\n  slug\n  name\n  image {\n    url\n    alt\n  }\n  variants {\n    id\n    sku\n    name\n    price {\n      ...MoneyParts\n    }\n    stock {\n      available\n      status\n    }\n  }\n}\n\nfragment CartParts on Cart {\n  id\n  couponCode\n  lines {\n    id\n    quantity\n    variant {\n      id\n      sku\n      name\n    }\n    unitPrice {\n      ...MoneyParts\n    }\n    lineTotal {\n      ...MoneyParts\n    }\n    problems {\n      code\n      message\n    }\n  }\n  subtotal {\n    ...MoneyParts\n  }\n  discount {\n    ...MoneyParts\n  }\n  total {\n    ...MoneyParts\n  }\n}\n\nfragment OrderParts on Order {\n  id\n  number\n  status\n  placedAt\n  lines {\n    id\n    quantity\n    variant {\n      id\n      sku\n      name\n    }\n    unitPrice {\n      ...MoneyParts\n    }\n    lineTotal {\n      ...MoneyParts\n    }\n  }\n  subtotal {\n    ...MoneyParts\n  }\n  discount {\n    ...MoneyParts\n  }\n  shipping {\n    ...MoneyParts\n  }\n  tax {\n    ...MoneyParts\n  }\n  total {\n    ...MoneyParts\n  }\n  payment {\n    status\n    provider\n    actionUrl\n  }\n  timeline {\n    at\n    kind\n    message\n  }\n}": typeof types.SessionPartsFragmentDoc,
    "query Staff {\n  viewer {\n    id\n    email\n    displayName\n    roles\n  }\n}": typeof types.StaffDocument,
};
const documents: Documents = {
    "fragment SessionParts on Session {\n  accessToken\n  refreshToken\n  expiresInSeconds\n  user {\n    id\n    email\n    displayName\n    roles\n  }\n}\n\nfragment MoneyParts on Money {\n  amountMinor\n  currency\n}\n\nfragment ProductCard on Product {\n  id\n  slug\n  name\n  image {\n    url\n    alt\n  }\n  variants {\n    id\n    sku\n    name\n    price {\n      ...MoneyParts\n    }\n    stock {\n      available\n      status\n    }\n  }\n}\n\nfragment CartParts on Cart {\n  id\n  couponCode\n  lines {\n    id\n    quantity\n    variant {\n      id\n      sku\n      name\n    }\n    unitPrice {\n      ...MoneyParts\n    }\n    lineTotal {\n      ...MoneyParts\n    }\n    problems {\n      code\n      message\n    }\n  }\n  subtotal {\n    ...MoneyParts\n  }\n  discount {\n    ...MoneyParts\n  }\n  total {\n    ...MoneyParts\n  }\n}\n\nfragment OrderParts on Order {\n  id\n  number\n  status\n  placedAt\n  lines {\n    id\n    quantity\n    variant {\n      id\n      sku\n      name\n    }\n    unitPrice {\n      ...MoneyParts\n    }\n    lineTotal {\n      ...MoneyParts\n    }\n  }\n  subtotal {\n    ...MoneyParts\n  }\n  discount {\n    ...MoneyParts\n  }\n  shipping {\n    ...MoneyParts\n  }\n  tax {\n    ...MoneyParts\n  }\n  total {\n    ...MoneyParts\n  }\n  payment {\n    status\n    provider\n    actionUrl\n  }\n  timeline {\n    at\n    kind\n    message\n  }\n}": types.SessionPartsFragmentDoc,
    "query Staff {\n  viewer {\n    id\n    email\n    displayName\n    roles\n  }\n}": types.StaffDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment SessionParts on Session {\n  accessToken\n  refreshToken\n  expiresInSeconds\n  user {\n    id\n    email\n    displayName\n    roles\n  }\n}\n\nfragment MoneyParts on Money {\n  amountMinor\n  currency\n}\n\nfragment ProductCard on Product {\n  id\n  slug\n  name\n  image {\n    url\n    alt\n  }\n  variants {\n    id\n    sku\n    name\n    price {\n      ...MoneyParts\n    }\n    stock {\n      available\n      status\n    }\n  }\n}\n\nfragment CartParts on Cart {\n  id\n  couponCode\n  lines {\n    id\n    quantity\n    variant {\n      id\n      sku\n      name\n    }\n    unitPrice {\n      ...MoneyParts\n    }\n    lineTotal {\n      ...MoneyParts\n    }\n    problems {\n      code\n      message\n    }\n  }\n  subtotal {\n    ...MoneyParts\n  }\n  discount {\n    ...MoneyParts\n  }\n  total {\n    ...MoneyParts\n  }\n}\n\nfragment OrderParts on Order {\n  id\n  number\n  status\n  placedAt\n  lines {\n    id\n    quantity\n    variant {\n      id\n      sku\n      name\n    }\n    unitPrice {\n      ...MoneyParts\n    }\n    lineTotal {\n      ...MoneyParts\n    }\n  }\n  subtotal {\n    ...MoneyParts\n  }\n  discount {\n    ...MoneyParts\n  }\n  shipping {\n    ...MoneyParts\n  }\n  tax {\n    ...MoneyParts\n  }\n  total {\n    ...MoneyParts\n  }\n  payment {\n    status\n    provider\n    actionUrl\n  }\n  timeline {\n    at\n    kind\n    message\n  }\n}"): typeof import('./graphql.js').SessionPartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Staff {\n  viewer {\n    id\n    email\n    displayName\n    roles\n  }\n}"): typeof import('./graphql.js').StaffDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

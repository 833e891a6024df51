/** The words behind `npm run import --`. */
import { parseArgs } from 'node:util';

export interface ImportArguments {
  file: string;
  /** ISO 4217; null: the shop's. */
  currency: string | null;
  /** Whether remote pictures are fetched. */
  images: boolean;
  /** A mall on another machine, and the file with an access token of its staff. */
  remote: { url: string; tokenFile: string } | null;
}

export const USAGE = `Usage: npm run import -- products <file.csv> [options]

Loads products from the CSV that Shopify exports. The same file again changes nothing.

  --currency <code>     the currency of the file's prices; it must be the shop's (default)
  --images              fetch remote pictures, from public addresses only; otherwise drawn ones stand in
  --url <address>       load into the mall at this address instead of the one in DATA_DIR (without pictures)
  --token-file <file>   with --url: a file with an access token that may write the catalogue
`;

/** The arguments make no sense; `message` says why. */
export class UsageFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageFault';
  }
}

/** @throws UsageFault */
export function readArguments(argv: readonly string[]): ImportArguments | 'help' {
  const { values, positionals } = parse(argv);
  if (values.help) return 'help';
  const [kind, file, ...rest] = positionals;
  if (kind !== 'products') throw new UsageFault(kind ? `"${kind}" cannot be imported, only products.` : 'Say what to import: products <file.csv>.');
  if (!file) throw new UsageFault('Give the file to import.');
  if (rest.length > 0) throw new UsageFault(`One file at a time; "${rest.join(' ')}" is too much.`);
  const currency = values.currency?.toUpperCase() ?? null;
  if (currency !== null && !/^[A-Z]{3}$/.test(currency)) throw new UsageFault(`--currency ${values.currency}: give an ISO 4217 code such as USD.`);
  if (Boolean(values.url) !== Boolean(values['token-file'])) throw new UsageFault('--url and --token-file belong together.');
  if (values.url && !/^https?:$/.test(URL.parse(values.url)?.protocol ?? '')) throw new UsageFault(`--url ${values.url}: give an http(s) address.`);
  if (values.url && values.images) throw new UsageFault('--images puts files beside the mall, which --url cannot.');
  return { file, currency, images: values.images ?? false, remote: values.url ? { url: values.url, tokenFile: values['token-file']! } : null };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { currency: { type: 'string' }, images: { type: 'boolean' }, url: { type: 'string' }, 'token-file': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) throw new UsageFault((error as Error).message);
    throw error;
  }
}

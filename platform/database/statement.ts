/** What a statement of a migration is about, as far as migrations need to know. No parser of SQL: what it does not know it says so. */
export interface Statement {
  /** `null` where it changes no table's form, as an insert. */
  kind: 'create-table' | 'create-index' | 'alter-table' | 'drop-index' | 'other-change' | null;
  table: string;
  /** Of an index. */
  name?: string;
  unique: boolean;
  /** Of an alter, the clauses; of a create table, its columns and keys. */
  clauses: string[];
}

const NAME = '[`"]?(\\w+)[`"]?';
const CREATE_TABLE = new RegExp(`^create (?:temporary )?table (?:if not exists )?${NAME}\\s*\\(([^]*)\\)[^()]*$`, 'i');
const CREATE_INDEX = new RegExp(`^create (unique )?(?:fulltext )?index (?:if not exists )?${NAME} on ${NAME}`, 'i');
const ALTER_TABLE = new RegExp(`^alter table ${NAME} ([^]*)$`, 'i');
const DROP_INDEX = new RegExp(`^drop index (?:if exists )?${NAME}(?: on ${NAME})?`, 'i');
const OTHER_CHANGE = new RegExp(`^(?:drop (?:table|view)|truncate(?: table)?|rename table|delete from|create trigger \\S+ (?:before|after) \\w+ on) (?:if exists )?${NAME}`, 'i');
/** Fills what is there and changes no form. */
const ROWS_ONLY = /^(insert|replace|update|select|with)\b/i;

export function readStatement(sql: string): Statement {
  const text = sql.replace(/--.*$/gm, ' ').replace(/\/\*[^]*?\*\//g, ' ').replace(/\s+/g, ' ').trim();
  let match = CREATE_TABLE.exec(text);
  if (match) return { kind: 'create-table', table: match[1]!, unique: false, clauses: splitClauses(match[2]!) };
  match = CREATE_INDEX.exec(text);
  if (match) return { kind: 'create-index', table: match[3]!, unique: match[1] !== undefined, clauses: [] };
  match = ALTER_TABLE.exec(text);
  if (match) return { kind: 'alter-table', table: match[1]!, unique: false, clauses: splitClauses(match[2]!) };
  match = DROP_INDEX.exec(text);
  if (match) return { kind: 'drop-index', table: match[2] ?? '', name: match[1]!, unique: false, clauses: [] };
  match = OTHER_CHANGE.exec(text);
  if (match) return { kind: 'other-change', table: match[1]!, unique: false, clauses: [] };
  return { kind: ROWS_ONLY.test(text) ? null : 'other-change', table: '', unique: false, clauses: [] };
}

/** At commas outside of brackets and quotes. */
function splitClauses(text: string): string[] {
  const clauses: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === "'" || sign === '`' || sign === '"') quote = sign;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === ',' && depth === 0) {
      clauses.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...clauses, text.slice(from).trim()];
}

export interface Column {
  name: string;
  /** `varchar(64)`, `integer`. */
  type: string;
  mayBeNull: boolean;
  hasDefault: boolean;
  /** By the database, from other columns or by counting. */
  isMade: boolean;
  unique: boolean;
}

/** `stock integer not null default 0`; null for a key or a constraint. */
export function readColumn(definition: string): Column | null {
  const match = new RegExp(`^${NAME}\\s+([a-z]+(?:\\s*\\([^)]*\\))?)(.*)$`, 'is').exec(definition);
  if (!match || /^(primary|unique|key|index|constraint|foreign|check|fulltext)$/i.test(match[1]!)) return null;
  const [, name, type, rest] = match as unknown as [string, string, string, string];
  return {
    name, type: type.toLowerCase().replace(/\s+/g, ''),
    mayBeNull: !/\bnot null\b|\bprimary key\b/i.test(rest),
    hasDefault: /\bdefault\b/i.test(rest),
    isMade: /\bgenerated always\b|\bas \(|\bauto_?increment\b/i.test(rest),
    unique: /\bunique\b|\bprimary key\b/i.test(rest),
  };
}

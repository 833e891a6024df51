/** Tables that stay quiet: one link a row, arrows or j and k between rows, cards on the phone, changed rows lit for a moment. */
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Link } from 'react-router';

export interface Column<Row> {
  key: string;
  label: string;
  show(row: Row): ReactNode;
  /** Numbers stand at the end of their column. */
  end?: boolean;
  /** Not on narrow screens, where another cell says it. */
  spare?: boolean;
  /** On the phone, where a row is a card: on its first line, or without its label. */
  phone?: 'first' | 'bare';
  /** Controls of the row: a click here is not for the row. */
  tools?: boolean;
}

interface TableParts<Row> {
  /** For screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Where a row leads; its first cell is the link. */
  to?(row: Row): string;
  lit?: ReadonlySet<string>;
}

export function Table<Row>({ caption, columns, rows, rowKey, to, lit }: TableParts<Row>): ReactNode {
  return (
    <table className="table" onKeyDown={moveBetweenRows}>
      <caption className="hidden-text">{caption}</caption>
      <thead>
        <tr>{columns.map(({ key, label, end, spare, tools }) => <th key={key} scope="col" className={classes({ end, spare })}>{tools ? <span className="hidden-text">{label}</span> : label}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = rowKey(row);
          const path = to?.(row);
          return (
            <tr key={key} className={classes({ lit: lit?.has(key), opens: path !== undefined })} onClick={path === undefined ? undefined : openRow}>
              {columns.map((column, index) => (
                <td key={column.key} className={classes({ end: column.end, spare: column.spare, tools: column.tools, first: column.phone === 'first', bare: column.phone === 'bare' })} data-label={column.label || undefined}>
                  {index === 0 && path !== undefined ? <Link className="row-link" to={path}>{column.show(row)}</Link> : column.show(row)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const classes = (named: Record<string, boolean | undefined>): string | undefined =>
  Object.keys(named).filter((name) => named[name]).join(' ') || undefined;

/** A click anywhere in the row is a click on its link; with a modifier, the browser's own way. */
function openRow(event: MouseEvent<HTMLTableRowElement>): void {
  if ((event.target as HTMLElement).closest('a, button, input, select, label') || window.getSelection()?.toString()) return;
  const link = event.currentTarget.querySelector<HTMLAnchorElement>('.row-link');
  if (event.metaKey || event.ctrlKey) window.open(link?.href, '_blank');
  else link?.click();
}

const STEPS: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  const target = event.target as HTMLElement;
  if (!(event.key in STEPS) || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || event.metaKey || event.ctrlKey || event.altKey) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('tbody tr')].map((row) => row.querySelector<HTMLElement>('a, button'));
  const now = stops.findIndex((stop) => stop?.closest('tr') === target.closest('tr'));
  const next = stops[now + STEPS[event.key]!];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

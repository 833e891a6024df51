/** Taking products off the shop, named and confirmed, and bringing them back: from the list, or right after by "Undo". */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { toast } from '../frame/toasts.tsx';
import { ArchiveProductDocument } from '../gql/graphql.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { saidByUndo } from '../parts/undo.ts';

export interface Archivable { id: string; name: string; version: number; archived: boolean }
/** One after the other, so many at once: a catalogue is not turned upside down by one click. */
const MOST_NAMED = 8;

interface Outcome { done: Archivable[]; failed: string[]; message: string | null }

export function useArchiving(changed: () => void): { set(products: readonly Archivable[], archived: boolean): Promise<Outcome>; restore(products: readonly Archivable[]): Promise<void> } {
  const { t } = useTranslation();
  const { api } = useDesk();

  async function set(products: readonly Archivable[], archived: boolean): Promise<Outcome> {
    const outcome: Outcome = { done: [], failed: [], message: null };
    for (const product of products) {
      const { archiveProduct: answer } = await api.send(ArchiveProductDocument, { input: { id: product.id, expectedVersion: product.version, archived } });
      if (answer?.__typename === 'Product') outcome.done.push({ ...product, version: answer.version, archived });
      else {
        outcome.failed.push(product.name);
        outcome.message = answer?.__typename === 'ProductConflict' ? t('products.movedOn') : answer && 'message' in answer ? answer.message : t('state.unavailable');
      }
    }
    changed();
    return outcome;
  }

  async function restore(products: readonly Archivable[]): Promise<void> {
    const said = await saidByUndo(async () => (await set(products, false)).message, restoredText(products), (message) => message, t);
    toast({ text: said });
  }
  const restoredText = (products: readonly Archivable[]): string =>
    products.length === 1 ? t('products.restoredDone', { name: products[0]!.name }) : t('products.restoredMany', { count: products.length });
  return { set, restore };
}

export function ArchiveDialog({ products, close, changed }: { products: readonly Archivable[]; close(): void; changed(): void }): ReactNode {
  const { t } = useTranslation();
  const { set } = useArchiving(changed);
  const one = products.length === 1 ? products[0]! : null;
  const action = one ? t('products.archive') : t('products.archiveMany', { count: products.length });

  async function run(): Promise<string | null> {
    const { done, failed, message } = await set(products, true);
    if (done.length > 0) {
      toast({
        text: done.length === 1 ? t('products.archivedDone', { name: done[0]!.name }) : t('products.archivedMany', { count: done.length }),
        undo: () => saidByUndo(async () => (await set(done, false)).message, done.length === 1 ? t('products.restoredDone', { name: done[0]!.name }) : t('products.restoredMany', { count: done.length }), (said) => said, t),
      });
    }
    return message === null ? null : products.length === 1 ? message : `${message} ${t('products.notDone', { names: failed.join(t('list.comma')) })}`;
  }

  return (
    <ActionDialog title={one ? t('products.archiveTitle', { name: one.name }) : `${action}?`} text={t('products.archiveText')} action={action} danger close={close} run={run}>
      {!one && (
        <ul className="named">
          {products.slice(0, MOST_NAMED).map(({ id, name }) => <li key={id}>{name}</li>)}
          {products.length > MOST_NAMED && <li className="soft">+ {products.length - MOST_NAMED}</li>}
        </ul>
      )}
    </ActionDialog>
  );
}

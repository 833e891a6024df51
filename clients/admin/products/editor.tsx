/** Edits one product. A save against an older version is refused; then both versions are laid side by side, see `conflict.tsx`. */
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { announce } from '../../shared/announce.tsx';
import { ProblemError, type Problem } from '../../shared/problem.ts';
import { useDesk, useFormat } from '../desk.tsx';
import { toast } from '../frame/toasts.tsx';
import { SaveProductDocument } from '../gql/graphql.ts';
import { ProblemNote } from '../parts/action-dialog.tsx';
import { PageHead } from '../parts/page.tsx';
import { address } from '../places.ts';
import { ArchiveDialog, useArchiving } from './archive.tsx';
import { fieldPath, problemsOf } from './check-draft.ts';
import { ConflictView } from './conflict.tsx';
import { inputOf, sameDraft, withoutBlanks, type Draft } from './draft.ts';
import { Attributes, Basics, Categories, Pictures } from './facts.tsx';
import { keep, readKept } from './kept-draft.ts';
import { mergeDrafts, type Merge } from './merge.ts';
import { readProduct, type ReadProduct } from './read-product.ts';
import { Texts } from './texts.tsx';
import { Variants } from './variants.tsx';

export interface FormParts {
  draft: Draft;
  change(changes: Partial<Draft>): void;
  /** By path below the product, e.g. `variants.0.sku`. */
  problems: Record<string, string>;
  currency: string;
}

interface EditorParts { product: ReadProduct | null; start: Draft; currency: string; back: { to: string; label: string } }

export function Editor({ product: read, start, currency, back }: EditorParts): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const { date } = useFormat();
  const navigate = useNavigate();
  const id = read?.id ?? 'new';
  const [kept] = useState(() => readKept(id));
  const [product, setProduct] = useState(read);
  const [base, setBase] = useState(start);
  const [draft, setDraft] = useState(kept?.draft ?? start);
  // The draft of before may be of an older version: then it meets the newer one at once.
  const [merge, setMerge] = useState<Merge | null>(() => (kept && read && kept.version !== read.version ? mergeDrafts(kept.base, kept.draft, start) : null));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [fault, setFault] = useState<Problem | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [archiving, setArchiving] = useState(false);
  const dirty = !sameDraft(base, draft);
  const version = product?.version ?? 0;

  useEffect(() => {
    if (merge === null) keep(id, dirty ? { version, base, draft } : null);
  }, [id, dirty, version, base, draft, merge]);
  useEffect(() => {
    if (!dirty) return;
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [dirty]);

  function begin(now: ReadProduct): void {
    setProduct(now);
    setBase(now.draft);
    setDraft(now.draft);
  }
  async function readAgain(): Promise<ReadProduct | null> {
    const reading = await readProduct(desk, id);
    if (reading.kind === 'failed') throw new ProblemError(reading.problem);
    return reading.kind === 'found' ? reading.product : null;
  }
  async function reload(): Promise<void> {
    const now = await readAgain();
    if (now) begin(now);
  }

  async function save(): Promise<void> {
    const clean = withoutBlanks(draft);
    const found = problemsOf(clean, currency);
    setDraft(clean);
    setFault(null);
    setRefused(null);
    setProblems(Object.fromEntries(Object.entries(found).map(([path, key]) => [path, t(key)])));
    if (Object.keys(found).length > 0) return showFirstProblem();
    const { saveProduct: answer } = await desk.api.send(SaveProductDocument, {
      input: { product: inputOf(clean, currency), ...(product && { id: product.id, expectedVersion: product.version }) },
    });
    if (answer?.__typename === 'Product') return await saved(answer.id);
    if (answer?.__typename === 'ProductConflict') return await meet(clean);
    const message = answer && 'message' in answer ? answer.message : t('state.unavailable');
    setRefused(message);
    if (answer?.__typename === 'ProductRefused' && answer.field) {
      setProblems({ [fieldPath(answer.field)]: message });
      showFirstProblem();
    }
  }

  async function saved(savedId: string): Promise<void> {
    keep(id, null);
    const name = (desk.language === 'zh' ? draft.nameZh || draft.nameEn : draft.nameEn || draft.nameZh).trim();
    toast({ text: t('product.saved', { name }) });
    if (product) return await reload();
    // What was typed is saved: the empty form must not be kept for the next new product.
    setBase(draft);
    void navigate(address.product(savedId), { replace: true });
  }

  /** Somebody else saved: mine against theirs, over what both had read. */
  async function meet(clean: Draft): Promise<void> {
    const theirs = await readAgain();
    if (!theirs) return setRefused(t('product.unknown'));
    setMerge(mergeDrafts(base, clean, theirs.draft));
    setProduct(theirs);
    setBase(theirs.draft);
    announce(t('conflict.title'));
    window.scrollTo(0, 0);
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || !dirty) return;
    setBusy(true);
    try {
      await save();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setFault(error.problem);
      setProblems(Object.fromEntries(Object.entries(error.problem.fields).map(([path, text]) => [fieldPath(path), text])));
    } finally {
      setBusy(false);
    }
  }

  const form: FormParts = { draft, currency, problems, change: (changes) => setDraft({ ...draft, ...changes }) };
  const { restore } = useArchiving(() => void reload());
  const title = product ? product.name : t('product.new');
  const count = Object.keys(problems).length;

  if (merge) return (
    <>
      <PageHead title={title} back={back} />
      <ConflictView merge={merge} done={(merged) => { setDraft(merged); setMerge(null); }} />
    </>
  );
  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-busy={busy}>
      <PageHead
        title={title} back={back} beside={product?.archived && <span className="badge">{t('products.archivedBadge')}</span>}
        under={product && t('product.version', { version: product.version, date: date(product.updatedAt, 'moment') })}
      >
        {product && !product.archived && <a className="button quiet" href={`${desk.language === 'zh' ? '/zh' : ''}/products/${base.slug}`} target="_blank" rel="noopener">{t('product.view')}</a>}
        {product && (product.archived
          ? <button type="button" className="button plain" disabled={dirty} onClick={() => void restore([product])}>{t('products.restore')}</button>
          : <button type="button" className="button danger" disabled={dirty} onClick={() => setArchiving(true)}>{t('products.archive')}</button>)}
      </PageHead>
      <div role="alert">
        {fault && <ProblemNote problem={fault} />}
        {refused && <p className="note bad">{refused}</p>}
        {count > 0 && <p className="note bad">{t('product.fix', { count })}</p>}
      </div>
      <div className="editor">
        <div className="stack"><Texts {...form} /><Variants {...form} available={product?.available ?? {}} /><Pictures {...form} /></div>
        <div className="stack"><Basics {...form} /><Categories {...form} /><Attributes {...form} /></div>
      </div>
      <div className="save-bar">
        <span className={dirty ? 'warn' : 'soft'} role="status">{t(dirty ? 'product.unsaved' : 'product.upToDate')}</span>
        {dirty && <button type="button" className="button plain" disabled={busy} onClick={() => { setDraft(base); setProblems({}); setRefused(null); setFault(null); }}>{t('product.discard')}</button>}
        <button type="submit" className="button" aria-disabled={busy || !dirty}>{t(busy ? 'product.saving' : 'product.save')}</button>
      </div>
      {archiving && product && <ArchiveDialog products={[product]} close={() => setArchiving(false)} changed={() => void reload()} />}
    </form>
  );
}

/** After the next paint, when the fields know that they are wrong. */
function showFirstProblem(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus()));
}

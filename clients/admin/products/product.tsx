/** A product's page: reads it whole, and brings back what somebody was typing when the page was left. */
import { IconTagOff } from '@tabler/icons-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ProblemError } from '../../shared/problem.ts';
import { Empty, Failed } from '../../shared/states.tsx';
import { useDesk } from '../desk.tsx';
import { PanelBones } from '../parts/bones.tsx';
import { PageHead } from '../parts/page.tsx';
import { emptyDraft } from './draft.ts';
import { Editor } from './editor.tsx';
import { readCurrency, readProduct, type Reading } from './read-product.ts';

type State = { kind: 'loading' } | { kind: 'new'; currency: string } | Reading;

export default function ProductPage(): ReactNode {
  const { t } = useTranslation();
  const desk = useDesk();
  const { id = '' } = useParams();
  const [state, setState] = useState<State>({ kind: 'loading' });
  const isNew = id === 'new';

  const load = useCallback(async (): Promise<void> => {
    setState({ kind: 'loading' });
    try {
      setState(isNew ? { kind: 'new', currency: await readCurrency(desk) } : await readProduct(desk, id));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setState({ kind: 'failed', problem: error.problem });
    }
  }, [desk, id, isNew]);
  useEffect(() => void load(), [load]);

  const back = { to: '/products', label: t('nav.products') };
  switch (state.kind) {
    case 'loading':
      return <><PageHead title={isNew ? t('product.new') : t('nav.products')} back={back} /><PanelBones heights={[260, 180, 220]} /></>;
    case 'failed':
      return <><PageHead title={t('nav.products')} back={back} /><Failed problem={state.problem} retry={() => void load()} /></>;
    case 'missing':
      return <><PageHead title={t('nav.products')} back={back} /><Empty icon={<IconTagOff size={40} stroke={1.4} />} title={t('product.unknown')} text={t('product.unknownText')} /></>;
    case 'new':
      return <Editor key="new" product={null} start={emptyDraft()} currency={state.currency} back={back} />;
    case 'found':
      return <Editor key={state.product.id} product={state.product} start={state.product.draft} currency={state.product.currency} back={back} />;
  }
}

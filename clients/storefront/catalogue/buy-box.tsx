/** Price, choices, stock in words, how many, when it comes, and the button; on a phone the button stays in sight. */
import { IconCheck, IconMinus, IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../shared/announce.tsx';
import { savingPercent } from '../../shared/money.ts';
import { nowMs } from '../../shared/time.ts';
import { useCartDrawer } from '../cart/drawer-host.tsx';
import { useFormat, useShop } from '../shop.tsx';
import { facetName, optionValue } from './names.ts';
import { Watch } from './watch.tsx';
import { choose, chosenVariant, outlook, type Choice, type DetailProduct, type DetailVariant, type Stock } from './variants.ts';

interface BuyBoxParts {
  product: DetailProduct;
  choice: Choice;
  setChoice(choice: Choice): void;
  stockOf(variant: DetailVariant): Stock;
}

const MOST_AT_ONCE = 99;
const DAY_MS = 86_400_000;
const FASTEST_DAYS = 2;
const SLOWEST_DAYS = 4;

export function BuyBox({ product, choice, setChoice, stockOf }: BuyBoxParts): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { cart } = useShop();
  const drawer = useCartDrawer();
  const [quantity, setQuantity] = useState(1);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const variant = chosenVariant(product, choice);
  const stock = variant ? stockOf(variant) : null;
  const soldOut = !variant || stock?.status === 'OUT';
  const most = Math.max(1, Math.min(stock?.available ?? MOST_AT_ONCE, MOST_AT_ONCE));
  const wanted = Math.min(quantity, most);

  async function add(): Promise<void> {
    if (!variant || soldOut || busy) return;
    setBusy(true);
    setRefusal(null);
    const reason = await cart.add(variant.id, wanted);
    setBusy(false);
    if (reason) return setRefusal(reason);
    announce(t('product.added', { name: product.name }));
    drawer.open();
  }

  const button = (className: string): ReactNode => (
    <button type="button" className={className} aria-disabled={soldOut || undefined} aria-busy={busy} onClick={() => void add()}>
      {busy ? t('product.adding') : soldOut ? t('product.soldOut') : t('product.add')}
    </button>
  );

  return (
    <>
      <Price product={product} variant={variant} />
      {product.options.map((option) => (
        <fieldset key={option.name} className="options">
          <legend><span className="hidden-text">{t('product.option', { name: facetName(option.name, t) })}</span><span aria-hidden="true">{facetName(option.name, t)}: <strong>{optionValue(choice[option.name] ?? '', t)}</strong></span></legend>
          <div className="row wrap option-values">
            {option.values.map((value) => {
              const ahead = outlook(product, choice, option.name, value, stockOf);
              const shown = optionValue(value, t);
              const label = ahead === 'soldOut' ? t('product.soldOutOption', { value: shown }) : ahead === 'none' ? t('product.unavailableOption', { value: shown }) : shown;
              return (
                <label key={value} className={`option ${ahead}`} title={ahead === 'free' ? undefined : label}>
                  <input type="radio" name={`option-${option.name}`} value={value} aria-label={label} checked={choice[option.name] === value} onChange={() => setChoice(choose(product, choice, option.name, value, stockOf))} />
                  <span>{shown}</span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
      <StockWords variant={variant} stock={stock} />
      <div className="row buy-row">
        <div className="stepper" role="group" aria-label={t('product.quantity')}>
          <button type="button" className="icon-button" aria-label={t('product.less')} disabled={wanted <= 1} onClick={() => setQuantity(wanted - 1)}><IconMinus size={18} stroke={1.8} /></button>
          <output className="number" aria-live="polite">{wanted}</output>
          <button type="button" className="icon-button" aria-label={t('product.moreOf')} disabled={wanted >= most} onClick={() => setQuantity(wanted + 1)}><IconPlus size={18} stroke={1.8} /></button>
        </div>
        {button('button buy-button')}
      </div>
      {refusal && <p className="note bad" role="alert">{refusal}</p>}
      {variant && <Watch slug={product.slug} variantId={String(variant.id)} soldOut={soldOut} />}
      {!soldOut && (
        <p className="row small delivery">
          <IconTruckDelivery size={22} stroke={1.5} aria-hidden="true" />
          <span>{t('product.delivery', { from: format.date(nowMs() + FASTEST_DAYS * DAY_MS, 'day'), to: format.date(nowMs() + SLOWEST_DAYS * DAY_MS, 'day') })} <span className="soft">· {t('product.deliveryHint')}</span></span>
        </p>
      )}
      <div className="buy-bar">
        <span className="number buy-bar-price">{variant ? format.money(variant.price) : ''}</span>
        {button('button')}
      </div>
    </>
  );
}

function Price({ product, variant }: { product: DetailProduct; variant: DetailVariant | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const price = variant?.price ?? product.priceRange.min;
  const saving = savingPercent(price, variant?.compareAtPrice);
  return (
    <p className="product-price price number">
      <span><span className="hidden-text">{t('product.now')} </span>{format.money(price)}</span>
      {saving > 0 && variant?.compareAtPrice && (
        <>
          <s className="soft"><span className="hidden-text">{t('product.before')} </span>{format.money(variant.compareAtPrice)}</s>
          <span className="badge accent">{t('product.save', { percent: saving })}</span>
        </>
      )}
    </p>
  );
}

function StockWords({ variant, stock }: { variant: DetailVariant | null; stock: Stock }): ReactNode {
  const { t } = useTranslation();
  if (!variant || stock?.status === 'OUT') return <p className="stock bad" role="status">{t('product.soldOut')}</p>;
  if (!stock) return <p className="stock soft" role="status">{t('product.unknownStock')}</p>;
  if (stock.status === 'LOW') return <p className="stock warn" role="status">{t('product.left', { count: stock.available })}</p>;
  return <p className="stock good" role="status"><IconCheck size={18} stroke={2} aria-hidden="true" />{t('product.inStock')}</p>;
}

/** The whole checkout on one page: contact, address, payment, and the summary always in sight. */
import { IconShoppingBag } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { ProblemError, type Problem } from '../../shared/problem.ts';
import { Bone, Empty, Loading, problemText } from '../../shared/states.tsx';
import { readStoredJson, writeStored } from '../../shared/storage.ts';
import { newKey } from '../../shared/time.ts';
import { troubled } from '../cart/cart.ts';
import { useCart } from '../cart/lines.tsx';
import { AddressFields } from '../form/address-fields.tsx';
import { Field } from '../form/field.tsx';
import { useTitle } from '../frame/arrival.ts';
import { CheckoutQuoteDocument, MyAddressesDocument, PaymentProvidersDocument, PlaceOrderDocument, SaveAddressDocument, type PaymentProvider } from '../gql/graphql.ts';
import '../look/cart.css';
import '../look/checkout.css';
import { keepGuestToken } from '../order/guest-token.ts';
import { address } from '../places.ts';
import { useFormat, useShop, useSignedIn } from '../shop.tsx';
import { guessCountry } from './countries.ts';
import { EMPTY_FORM, formProblems, isCheckoutForm, serverProblem, shippingAddress, type CheckoutForm, type FieldName } from './form.ts';
import { Payment } from './payment.tsx';
import { SavedAddresses, type SavedAddress } from './saved-addresses.tsx';
import { Summary } from './summary.tsx';

const STORED = 'gomall.checkout';
const WAIT_FOR_OUTCOME_MS = 6_000;

export default function Checkout(): ReactNode {
  const { t } = useTranslation();
  const { cart, state } = useCart();
  const [placed, setPlaced] = useState(false);
  useTitle(t('checkout.title'));
  const empty = !cart || cart.lines.length === 0;
  if (state.loading && empty) return <div className="page stack"><h1>{t('checkout.title')}</h1><Loading><div className="checkout"><div className="stack"><Bone height={160} radius={20} /><Bone height={360} radius={20} /></div><Bone height={300} radius={20} /></div></Loading></div>;
  if (empty && !placed) return <div className="page stack"><h1>{t('checkout.title')}</h1><Empty icon={<IconShoppingBag size={44} stroke={1.3} />} title={t('cart.empty')} text={t('cart.emptyHint')}><Link className="button" to={address.products}>{t('cart.browse')}</Link></Empty></div>;
  return (
    <div className="page stack">
      <h1>{t('checkout.title')}</h1>
      <OnePage onPlaced={() => setPlaced(true)} />
    </div>
  );
}

function OnePage({ onPlaced }: { onPlaced: () => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const format = useFormat();
  const { api, cart: store } = useShop();
  const { cart } = useCart();
  const signedIn = useSignedIn();
  const guest = !signedIn;
  const [form, setForm] = useState<CheckoutForm>(firstForm);
  const [savedId, setSavedId] = useState<string | null>(null);
  const [keep, setKeep] = useState(true);
  const [payment, setPayment] = useState<{ provider: PaymentProvider; token: string }>({ provider: 'SANDBOX', token: 'pm_ok' });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refusal, setRefusal] = useState<{ code: string; message: string } | null>(null);
  const attempt = useRef(newKey());
  const trouble = useRef<HTMLDivElement>(null);
  const sending = useRef(false);
  const addresses = useData(MyAddressesDocument, {}, { pause: guest, always: true });
  const providers = useData(PaymentProvidersDocument, {});
  const quote = useData(CheckoutQuoteDocument, { cartId: store.id() ?? '', countryCode: form.countryCode }, { pause: !store.id() || !form.countryCode, always: true });
  const total = quote.data?.checkoutQuote?.total ?? null;

  // What is bought, where it goes and how it is paid make an attempt: any change of it is another one, with a key of its own.
  const changed = useCallback(() => {
    attempt.current = newKey();
  }, []);
  const change = (name: FieldName, value: string): void => {
    changed();
    setForm((known) => ({ ...known, [name]: value }));
  };
  useEffect(() => writeStored(STORED, JSON.stringify(form), 'session'), [form]);
  const version = useRef(cart?.version);
  useEffect(() => {
    if (version.current === cart?.version) return;
    version.current = cart?.version;
    changed();
    quote.retry();
  }, [cart?.version, changed, quote]);

  const saved = addresses.data?.viewer?.addresses ?? [];
  useEffect(() => {
    const standard = saved.find((one) => one.isDefault) ?? saved[0];
    if (standard && savedId === null && !form.line1) pick(standard);
  }, [addresses.data]);

  function pick(one: SavedAddress | null): void {
    changed();
    setSavedId(one ? String(one.id) : '');
    const { email } = form;
    if (!one) return setForm({ ...EMPTY_FORM, email, countryCode: form.countryCode });
    setForm({ email, fullName: one.fullName, line1: one.line1, line2: one.line2 ?? '', city: one.city, region: one.region ?? '', postalCode: one.postalCode, countryCode: one.countryCode, phone: one.phone ?? '' });
  }

  const own = formProblems(form, guest);
  const problemOf = (name: FieldName): string | null => (tried && own[name] ? t(own[name]!) : serverProblem(problem, name));
  const faulty = tried ? (Object.keys(EMPTY_FORM) as FieldName[]).filter((name) => problemOf(name)) : [];

  async function pay(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending.current) return;
    setTried(true);
    setProblem(null);
    setRefusal(null);
    if (Object.keys(own).length > 0) return showTrouble();
    sending.current = true;
    setBusy(true);
    try {
      await place();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
      showTrouble();
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  async function place(): Promise<void> {
    const { placeOrder: answer } = await api.send(PlaceOrderDocument, {
      input: { cartId: store.id(), ...(guest ? { email: form.email.trim() } : {}), shippingAddress: shippingAddress(form), payment, idempotencyKey: attempt.current, waitMs: WAIT_FOR_OUTCOME_MS },
    });
    if (answer?.__typename === 'Order') {
      onPlaced();
      if (answer.guestToken) keepGuestToken(String(answer.id), answer.guestToken);
      if (!guest && keep && (savedId === '' || saved.length === 0)) void api.send(SaveAddressDocument, { input: shippingAddress(form) }).catch(ignoreUnkept);
      writeStored(STORED, null, 'session');
      void store.reload();
      return void navigate({ pathname: address.order(answer.id), hash: answer.guestToken ? `#t=${answer.guestToken}` : '' }, { state: { justPlaced: true } });
    }
    // Said no: the same again is a new attempt.
    changed();
    setRefusal(answer && 'message' in answer ? { code: answer.code, message: answer.message } : { code: 'INTERNAL', message: t('state.errorText') });
    if (answer?.__typename === 'PriceChanged' || answer?.__typename === 'OutOfStock') void store.reload();
    showTrouble();
  }

  const showTrouble = (): void => requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>('.checkout [aria-invalid="true"]');
    (first ?? trouble.current)?.focus();
    trouble.current?.scrollIntoView({ block: 'nearest' });
  }) as unknown as void;

  const fixFirst = cart !== null && troubled(cart).length > 0;
  return (
    <form className="checkout" noValidate onSubmit={(event) => void pay(event)}>
      <div className="stack loose">
        <div ref={trouble} tabIndex={-1} className="checkout-trouble">
          {faulty.length > 0 && <p className="note bad" role="alert">{t('checkout.problemCount', { count: faulty.length })}</p>}
          {problem && Object.keys(problem.fields).length === 0 && <p className="note bad" role="alert">{problemText(problem, t)} {problem.traceId && <span className="trace">{t('state.trace', { id: problem.traceId })}</span>}</p>}
          {refusal && <Refused refusal={refusal} />}
        </div>
        <section className="panel stack">
          <div className="row between wrap"><h2>{t('checkout.contact')}</h2>{guest && <span className="small">{t('checkout.haveAccount')} <Link className="link" to={`${address.signIn}?to=${address.checkout}`}>{t('checkout.signIn')}</Link></span>}</div>
          {guest ? (
            <Field label={t('checkout.email')} hint={t('checkout.emailHint')} problem={problemOf('email')}>
              {(parts) => <input {...parts} className="input" type="email" name="email" autoComplete="email" inputMode="email" required maxLength={254} value={form.email} onChange={(event) => change('email', event.target.value)} />}
            </Field>
          ) : <p>{t('checkout.signedInAs', { email: signedIn.user.email ?? signedIn.user.displayName ?? '' })}</p>}
        </section>
        <section className="panel stack">
          <h2>{t('checkout.address')}</h2>
          {saved.length > 0 && <SavedAddresses addresses={saved} chosen={savedId ?? ''} onPick={pick} />}
          {(saved.length === 0 || savedId === '') && <AddressFields form={form} change={change} problemOf={problemOf} section="shipping" />}
          {!guest && (saved.length === 0 || savedId === '') && <label className="check"><input type="checkbox" checked={keep} onChange={(event) => setKeep(event.target.checked)} /><span>{t('checkout.saveAddress')}</span></label>}
        </section>
        <Payment providers={providers} chosen={payment} onChoose={(next) => { changed(); setPayment(next); }} />
        <div className="stack pay">
          {fixFirst && <p className="note warn">{t('cart.fixFirst')} <Link className="link" to={address.cart}>{t('checkout.toCart')}</Link></p>}
          <button type="submit" className="button wide pay-button" aria-disabled={busy || fixFirst || undefined} aria-busy={busy} onClick={(event) => fixFirst && event.preventDefault()}>
            {busy ? t('checkout.paying') : total ? t('checkout.pay', { amount: format.money(total) }) : t('checkout.pay', { amount: '…' })}
          </button>
          <p className="soft tiny" role="status">{busy ? t('checkout.waiting') : t('checkout.terms')}</p>
        </div>
      </div>
      <Summary cart={cart} quote={quote} countryCode={form.countryCode} />
    </form>
  );

  function firstForm(): CheckoutForm {
    const kept = readStoredJson(STORED, isCheckoutForm, 'session') ?? EMPTY_FORM;
    return { ...kept, countryCode: kept.countryCode || guessCountry(navigator.languages, t('countries.preferred', { returnObjects: true }) as unknown as string[]) };
  }
}

/** The order stands; that its address is not in the book is no reason to disturb. */
function ignoreUnkept(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
}

function Refused({ refusal }: { refusal: { code: string; message: string } }): ReactNode {
  const { t } = useTranslation();
  const toCart = ['PRICE_CHANGED', 'OUT_OF_STOCK', 'VARIANT_UNAVAILABLE', 'CART_EMPTY', 'CART_NOT_FOUND'].includes(refusal.code);
  const declined = refusal.code === 'PAYMENT_DECLINED' || refusal.code === 'INSUFFICIENT_FUNDS';
  return (
    <div className="note bad" role="alert">
      <strong>{refusal.code === 'PRICE_CHANGED' ? t('checkout.priceChanged') : declined ? t('checkout.declinedTitle') : refusal.message}</strong>
      {(declined || refusal.code === 'PRICE_CHANGED') && <span>{refusal.message}</span>}
      {declined && <span>{t('checkout.declinedHint')}</span>}
      {refusal.code === 'PRICE_CHANGED' && <span>{t('checkout.priceChangedHint')}</span>}
      {toCart && <Link className="link" to={address.cart}>{t('checkout.toCart')}</Link>}
    </div>
  );
}

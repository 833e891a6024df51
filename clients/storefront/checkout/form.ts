/** The checkout's form as plain data: what is asked, what is wrong, and how it is kept over a reload or a change of language. */
import { fieldProblem, type Problem } from '../../shared/problem.ts';

export interface CheckoutForm {
  email: string;
  fullName: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  countryCode: string;
  phone: string;
}

export type FieldName = keyof CheckoutForm;
export const EMPTY_FORM: CheckoutForm = { email: '', fullName: '', line1: '', line2: '', city: '', region: '', postalCode: '', countryCode: '', phone: '' };

const REQUIRED: readonly FieldName[] = ['fullName', 'line1', 'city', 'postalCode', 'countryCode'];
const LONGEST = 120;

/** Keys of words, by field. What the server finds beyond this comes from `INVALID_INPUT`'s fields. */
export function formProblems(form: CheckoutForm, guest: boolean): Partial<Record<FieldName, string>> {
  const problems: Partial<Record<FieldName, string>> = {};
  for (const name of [...(guest ? (['email'] as const) : []), ...REQUIRED]) if (!form[name].trim()) problems[name] = 'checkout.required';
  if (guest && !problems.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.email.trim())) problems.email = 'checkout.emailInvalid';
  for (const [name, value] of Object.entries(form) as [FieldName, string][]) if (value.length > LONGEST && name !== 'email') problems[name] = 'checkout.tooLong';
  return problems;
}

/** The server's word on a field, e.g. of `input.shippingAddress.postalCode`. */
export const serverProblem = (problem: Problem | null, name: FieldName): string | null => fieldProblem(problem, name);

export function shippingAddress(form: CheckoutForm): { fullName: string; line1: string; line2?: string; city: string; region?: string; postalCode: string; countryCode: string; phone?: string } {
  const text = (name: FieldName): string => form[name].trim();
  const optional = (name: 'line2' | 'region' | 'phone'): object => (text(name) ? { [name]: text(name) } : {});
  return { fullName: text('fullName'), line1: text('line1'), city: text('city'), postalCode: text('postalCode'), countryCode: form.countryCode, ...optional('line2'), ...optional('region'), ...optional('phone') };
}

export const isCheckoutForm = (value: unknown): value is CheckoutForm =>
  typeof value === 'object' && value !== null && Object.keys(EMPTY_FORM).every((key) => typeof (value as Record<string, unknown>)[key] === 'string');

/** The shop's one currency, as the last price told: the schema names it with every amount, never alone. */
let seen = 'USD';
export const noteCurrency = (currency: string): void => {
  seen = currency;
};
export const shopCurrency = (): string => seen;

/** @param minor whole minor units as a decimal string, such as "-4590" */
export const formatMoney = (minor: string, currency: string): string => {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(Number(minor) / 10 ** digits);
};

/** A figure without sign and separators, as a table program reads it: `75.00`. @param minor whole minor units as a decimal string */
export const plainAmount = (minor: string, currency: string): string => {
  const digits = new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (Number(minor) / 10 ** digits).toFixed(digits);
};

/** A model call costs fractions of a cent: below this many dollars four decimals are shown. */
const SMALL_AMOUNT = 1;

/** @param micros millionths of a US dollar, the unit in which the model's price list is kept */
export const formatCostMicros = (micros: number): string => {
  const dollars = micros / 1_000_000;
  const digits = dollars !== 0 && Math.abs(dollars) < SMALL_AMOUNT ? 4 : 2;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(dollars);
};

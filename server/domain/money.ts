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

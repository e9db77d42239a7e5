/** How many of the smallest unit of a currency make one of what people write: 100 for dollars. */
export const minorPerUnit = (currency: string): number => {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions();
  return 10 ** maximumFractionDigits;
};

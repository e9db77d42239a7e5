/** Rows by a key, each list in the order of the rows. */
export const grouped = <Row, Value>(
  rows: readonly Row[],
  { key, value }: { readonly key: (row: Row) => string; readonly value: (row: Row) => Value },
): ReadonlyMap<string, readonly Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const group = groups.get(key(row)) ?? [];
    group.push(value(row));
    groups.set(key(row), group);
  }
  return groups;
};

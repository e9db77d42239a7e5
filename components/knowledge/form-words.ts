/** An empty date field is no date. */
export const DATE_FIELD = { setValueAs: (value: unknown) => (value === "" ? null : value) };

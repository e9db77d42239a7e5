/** An empty date field is no date. */
export const DATE_FIELD = { setValueAs: (value: unknown) => (value === "" ? null : value) };

/** Where a link to the questions of an article leads. */
export const ASKED_ANCHOR = "questions";

import { capitalize } from "#components/lib/format.ts";

/** An empty date field is no date. */
export const DATE_FIELD = { setValueAs: (value: unknown) => (value === "" ? null : value) };

/** A schema's complaint as a sentence. */
export const sentenceOf = (message: string | undefined): string | undefined => (message === undefined ? undefined : capitalize(message));

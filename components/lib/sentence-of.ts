import { capitalize } from "#components/lib/format.ts";

/** A schema's complaint as a sentence. */
export const sentenceOf = (message: string | undefined): string | undefined => (message === undefined ? undefined : capitalize(message));

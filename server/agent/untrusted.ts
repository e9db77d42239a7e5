import { stripInvisible } from "#server/domain/text.ts";

/** What a labelled block may hold: plain JSON. */
export type BlockValue = string | number | boolean | null | readonly BlockValue[] | { readonly [key: string]: BlockValue };

/**
 * Text from outside as data in a labelled block, `<conversation>[…]</conversation>`. Every `<` inside is written
 * `\u003c`, so that nothing a member wrote can close the block or open another, and invisible characters are gone.
 */
export const untrusted = (label: string, value: BlockValue): string => {
  const json = JSON.stringify(value, (_key, item: unknown) => (typeof item === "string" ? stripInvisible(item) : item));
  return `<${label}>${json.replaceAll("<", "\\u003c")}</${label}>`;
};

/** Handles of people as they stand in a text: a letter of their kind, the block and its tag. */
const HANDLES = /\b[mp]_[0-7][0-9a-hjkmnp-tv-z]{31}\b/g;

/** Every handle that a text has the shape of, once each. */
export const handlesIn = (text: string): readonly string[] => [...new Set(text.match(HANDLES) ?? [])];

/** A text with something else in the place of each handle. */
export const withoutHandles = (text: string, nameOf: (handle: string) => string): string =>
  text.replaceAll(HANDLES, (handle) => nameOf(handle));

/** What stands for somebody whom nobody can name. */
export const NOBODY_KNOWN = "somebody";

/**
 * A result of a tool as the model may see it: beside a handle only the first word of a name.
 */
export const firstNamesOnly = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(firstNamesOnly);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const isPerson = "person" in value && "name" in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) =>
      isPerson && key === "name" && typeof entry === "string" ? [key, entry.split(" ")[0] ?? ""] : [key, firstNamesOnly(entry)],
    ),
  );
};

/** A result as lines of text that its facts can be read from. */
export const factLines = (value: unknown, key = ""): readonly string[] => {
  if (value === null || value === undefined) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((entry) => factLines(entry, key));
  }
  return typeof value === "object"
    ? Object.entries(value).flatMap(([name, entry]) => (name === "person" || name === "name" ? [] : factLines(entry, name)))
    : [`${key}: ${String(value)}`];
};

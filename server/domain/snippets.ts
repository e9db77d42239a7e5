/** What a saved reply may have filled in, and what each stands for. */
export const SNIPPET_FIELDS = {
  first_name: "their first name, or “there” where nobody knows it",
  club: "the name of the club",
  my_name: "the first name of whoever sends it",
} as const;

export type SnippetField = keyof typeof SNIPPET_FIELDS;

export type Snippet = { readonly id: `snip_${string}`; readonly name: string; readonly text: string };

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;

const isField = (name: string): name is SnippetField => Object.hasOwn(SNIPPET_FIELDS, name);

/** The names between braces that mean nothing: a reply with them would go out as it stands. */
export const unknownFields = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(FIELD)].map(([, name = ""]) => name).filter((name) => !isField(name))),
];

/** The reply with its fields filled in; what somebody's name contains is not filled in again. */
export const fillSnippet = (text: string, values: Readonly<Record<SnippetField, string>>): string =>
  text.replaceAll(FIELD, (whole, name: string) => (isField(name) ? values[name] : whole));

/** How somebody is greeted: the first word of their name, or “there” for a bare number or nothing. */
export const greetingName = (name: string): string => /^\p{L}[\p{L}\p{M}'’-]*/u.exec(name.trim())?.[0] ?? "there";

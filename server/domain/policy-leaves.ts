import { POLICY_PATHS } from "./policy.ts";
import type { PolicyDocument } from "./policy.ts";

/** The layer a setting comes from. */
export type PolicyOrigin = "built_in" | "franchise" | "club";

type Values = Readonly<Record<string, unknown>>;
const asValues = (value: unknown): Values => (typeof value === "object" && value !== null ? { ...value } : {});

/** What a document, or a whole policy, sets at a path such as `stages.question`; `undefined` = nothing. */
export const leafOf = (document: PolicyDocument, path: string): unknown => {
  const [key = "", leaf] = path.split(".");
  const value = asValues(document)[key];
  return leaf === undefined ? value : asValues(value)[leaf];
};

/** The same document with one setting more, or with one less when the value is `undefined`. The value is not checked here. */
export const withLeaf = (document: PolicyDocument, path: string, value: unknown): PolicyDocument => {
  const [key = "", leaf] = path.split(".");
  const { [key]: section, ...others } = asValues(document);
  if (leaf === undefined) {
    return value === undefined ? others : { ...others, [key]: value };
  }
  const { [leaf]: _before, ...leaves } = asValues(section);
  const next = value === undefined ? leaves : { ...leaves, [leaf]: value };
  return Object.keys(next).length === 0 ? others : { ...others, [key]: next };
};

/** The settings a document sets, by path. */
export const setPaths = (document: PolicyDocument): readonly string[] =>
  POLICY_PATHS.filter((path) => leafOf(document, path) !== undefined);

/** Whether a franchise holds this setting for its clubs, by itself or with its whole section. */
export const isLocked = (path: string, lockedPaths: readonly string[]): boolean =>
  lockedPaths.includes(path) || lockedPaths.includes(path.split(".")[0] ?? path);

/** Locks of whole sections written out, so that one of their settings can be let go. */
export const expandLocks = (lockedPaths: readonly string[]): readonly string[] =>
  POLICY_PATHS.filter((path) => isLocked(path, lockedPaths));

type Layers = {
  readonly franchise: { readonly document: PolicyDocument; readonly lockedPaths: readonly string[] } | null;
  readonly club: { readonly document: PolicyDocument } | null;
};

/** Where the value of each setting comes from, by path. What a club sets under a lock has no effect. */
export const originsOf = ({ franchise, club }: Layers): Readonly<Record<string, PolicyOrigin>> =>
  Object.fromEntries(
    POLICY_PATHS.map((path): [string, PolicyOrigin] => {
      if (club !== null && leafOf(club.document, path) !== undefined && !isLocked(path, franchise?.lockedPaths ?? [])) {
        return [path, "club"];
      }
      return [path, franchise !== null && leafOf(franchise.document, path) !== undefined ? "franchise" : "built_in"];
    }),
  );

/** Equal as JSON, whatever the order of keys: the database keeps another one than the schema. */
export const isSameValue = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right);

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return `{${entries
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`)
      .join()}}`;
  }
  return JSON.stringify(value) ?? "";
};

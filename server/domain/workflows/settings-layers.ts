import type { WorkflowKind } from "./kinds.ts";

/** What a franchise sets for one kind of workflow in all its clubs. */
export type WorkflowLayer = {
  /** Only the settings it sets, as deep as the settings themselves. */
  readonly document: Values;
  /** Paths of settings that no club may change, such as `finalFromMinor` or `groups.green`; each is set by the document. */
  readonly lockedPaths: readonly string[];
};

type Values = Readonly<Record<string, unknown>>;

/** Where the value of a setting comes from. */
export type SettingOrigin = "built_in" | "franchise" | "club" | "locked";

export const NO_LAYER: WorkflowLayer = { document: {}, lockedPaths: [] };

const isGroup = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every single setting of a document, by its path; a list is one setting. */
export const leavesOf = (document: Values, before = ""): ReadonlyMap<string, unknown> =>
  new Map(
    Object.entries(document).flatMap(([key, value]) => {
      const path = `${before}${key}`;
      return isGroup(value) ? [...leavesOf(value, `${path}.`)] : [[path, value] as const];
    }),
  );

/** The same settings as a document. */
export const documentOf = (leaves: Iterable<readonly [string, unknown]>): Values => {
  const document: Record<string, unknown> = {};
  for (const [path, value] of leaves) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let place = document;
    for (const key of keys) {
      const inner = isGroup(place[key]) ? { ...place[key] } : {};
      place[key] = inner;
      place = inner;
    }
    place[last] = value;
  }
  return document;
};

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** What a club of the franchise has before it sets anything: the franchise's values over the built-in ones. */
export const inheritedSettings = (defaults: Values, { document }: WorkflowLayer): Values =>
  documentOf([...leavesOf(defaults), ...[...leavesOf(document)].filter(([path]) => leavesOf(defaults).has(path))]);

type Known = {
  readonly defaults: Values;
  readonly layer: WorkflowLayer;
  /** Paths that the club keeps for itself, whatever stands there. */
  readonly ownPaths?: readonly string[];
};

/** Where each value of a club's settings comes from. A value that equals what the club would have anyhow is inherited, unless it is kept. */
export const originsOf = (settings: Values, { defaults, layer, ownPaths = [] }: Known): Readonly<Record<string, SettingOrigin>> => {
  const inherited = leavesOf(inheritedSettings(defaults, layer));
  const set = leavesOf(layer.document);
  return Object.fromEntries(
    [...leavesOf(settings)].map(([path, value]): [string, SettingOrigin] => {
      if (layer.lockedPaths.includes(path)) {
        return [path, "locked"];
      }
      if (ownPaths.includes(path) || !isSame(value, inherited.get(path))) {
        return [path, "club"];
      }
      return [path, set.has(path) ? "franchise" : "built_in"];
    }),
  );
};

type Change = Pick<Known, "defaults" | "ownPaths"> & { readonly before: WorkflowLayer; readonly after: WorkflowLayer };

/** A club's settings under a new layer: what it inherited follows, what it set itself stays, and what is locked is the franchise's. */
export const adoptLayer = (settings: Values, { after, before, defaults, ownPaths = [] }: Change): Values => {
  const origins = originsOf(settings, { defaults, layer: before, ownPaths });
  const next = leavesOf(inheritedSettings(defaults, after));
  return documentOf(
    [...leavesOf(settings)].map(([path, value]) => [
      path,
      origins[path] === "club" && !after.lockedPaths.includes(path) ? value : next.has(path) ? next.get(path) : value,
    ]),
  );
};

/** The first setting that a club would change although its franchise holds it; null = none. */
export const heldPath = (settings: Values, { lockedPaths, document }: WorkflowLayer): string | null => {
  const own = leavesOf(settings);
  const held = leavesOf(document);
  return lockedPaths.find((path) => own.has(path) && !isSame(own.get(path), held.get(path))) ?? null;
};

/** The built-in kinds whose settings a franchise may set for all its clubs. */
export const LAYERED_KINDS = [
  "daily_campaigns",
  "past_due",
  "escalation",
  "referral",
  "invoices",
  "door_access",
  "proactive",
  "sequence",
] as const satisfies readonly WorkflowKind[];
export type LayeredKind = (typeof LAYERED_KINDS)[number];

export const isLayered = (kind: string): kind is LayeredKind => (LAYERED_KINDS as readonly string[]).includes(kind);

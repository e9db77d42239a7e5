import { z } from "zod";

import { settingsSchema } from "#components/workflows/setting-leaves.ts";
import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { documentOf, leavesOf } from "#server/domain/workflows/settings-layers.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";

/** What the form of a workflow holds; both parts are checked by the schemas of the verb. */
export type SettingsForm = {
  schedule: Schedule;
  settings: Record<string, unknown>;
  scopes: SettingScopeName[];
  /** Whether the club keeps each value for itself, in the order of the form. */
  pins: boolean[];
};

/** For whom a value is meant: this club alone, all clubs of the franchise, or all of them without a choice. */
export const SETTING_SCOPES = ["club", "franchise", "locked"] as const;
type SettingScopeName = (typeof SETTING_SCOPES)[number];

/** The settings stay a plain record for the form, whatever their kind; the complaints are those of the kind's own schema. */
export const settingsFormSchema = (kind: WorkflowKind) => {
  const schema = settingsSchema(kind);
  return z.object({
    schedule: Schedule,
    settings: z.record(z.string(), z.unknown()).superRefine((value, context) => {
      for (const { message, path } of schema?.safeParse(value).error?.issues ?? []) {
        context.addIssue({ code: "custom", message, path });
      }
    }),
    scopes: z.array(z.enum(SETTING_SCOPES)),
    pins: z.array(z.boolean()),
  });
};

type Layer = NonNullable<WorkflowDetails["layer"]>;

/** For whom each setting is meant now, in the order of the form. */
export const scopesOf = (paths: readonly string[], layer: WorkflowDetails["layer"]): SettingScopeName[] => {
  const set = leavesOf(layer?.document ?? {});
  return paths.map((path) => (layer?.lockedPaths.includes(path) === true ? "locked" : set.has(path) ? "franchise" : "club"));
};

/** What the club keeps for itself now, in the order of the form. */
export const pinsOf = (paths: readonly string[], layer: WorkflowDetails["layer"]): boolean[] =>
  paths.map((path) => layer?.ownPaths.includes(path) === true);

/** The settings that stay the club's own by this form. */
export const ownPathsOf = ({ pins }: Pick<SettingsForm, "pins">, paths: readonly string[]): string[] =>
  paths.filter((_path, index) => pins[index] === true);

/** What the franchise would set by this form; null = the same as now. */
export const sharedPart = (
  { scopes, settings }: Pick<SettingsForm, "scopes" | "settings">,
  { layer, paths }: { readonly layer: Layer; readonly paths: readonly string[] },
): { readonly document: Record<string, unknown>; readonly lockedPaths: string[] } | null => {
  const values = leavesOf(settings);
  const shared = paths.flatMap((path, index) => (scopes[index] === "club" ? [] : [[path, values.get(path)] as const]));
  const lockedPaths = paths.filter((_path, index) => scopes[index] === "locked").toSorted();
  const known = leavesOf(layer.document);
  const isSame =
    shared.length === known.size &&
    shared.every(([path, value]) => JSON.stringify(known.get(path)) === JSON.stringify(value)) &&
    JSON.stringify(lockedPaths) === JSON.stringify([...layer.lockedPaths].toSorted());
  return isSame ? null : { document: { ...documentOf(shared) }, lockedPaths };
};

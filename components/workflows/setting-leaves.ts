import { z } from "zod";

import { capitalize } from "#components/lib/format.ts";
import { SETTING_WORDS, type KindWithSettings, type SettingWords } from "#components/workflows/setting-words.ts";
import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";

export type SettingLeaf = SettingWords & {
  /** `groups.green` */
  readonly path: string;
  /** Of what is stored; null where the schema sets none. */
  readonly bounds: { readonly min: number; readonly max: number } | null;
};

const hasSettings = (kind: WorkflowKind): kind is KindWithSettings => Object.hasOwn(WORKFLOW_SETTINGS, kind);

/** The schema of a kind's settings; null for a kind that has none. */
export const settingsSchema = (kind: WorkflowKind): z.ZodType<object> | null => (hasSettings(kind) ? WORKFLOW_SETTINGS[kind].schema : null);

/** Every single setting of a kind in the order of its schema; lists are left out. */
export const settingLeaves = (kind: WorkflowKind): readonly SettingLeaf[] => {
  const schema = settingsSchema(kind);
  return schema === null ? [] : wordedLeaves(schema, hasSettings(kind) ? SETTING_WORDS[kind] : {});
};

/** Every number and switch of a schema with what is known to say about it. */
export const wordedLeaves = (schema: unknown, known: Readonly<Record<string, SettingWords>>): readonly SettingLeaf[] =>
  leavesOf(schema, "").map(({ bounds, isSwitch, path }) => ({
    ...(known[path] ?? { label: readable(path), about: "", unit: isSwitch ? "switch" : "" }),
    path,
    bounds,
  }));

type Leaf = { readonly path: string; readonly isSwitch: boolean; readonly bounds: SettingLeaf["bounds"] };

const leavesOf = (schema: unknown, path: string): readonly Leaf[] => {
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
  }
  if (schema instanceof z.ZodDefault) {
    return leavesOf(schema.def.innerType, path);
  }
  // A list, such as the steps of a sequence, has a page of its own.
  if (schema instanceof z.ZodArray) {
    return [];
  }
  const bounds =
    schema instanceof z.ZodNumber && schema.minValue !== null && schema.maxValue !== null
      ? { min: schema.minValue, max: schema.maxValue }
      : null;
  return [{ path, isSwitch: schema instanceof z.ZodBoolean, bounds }];
};

/** A setting that somebody forgot to write about is still shown. */
const readable = (path: string): string =>
  capitalize(
    path
      .replaceAll(".", ", ")
      .replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
      .replaceAll("_", " "),
  );

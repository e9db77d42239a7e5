"use client";

import { createContext, use } from "react";
import { useController, useFormContext } from "react-hook-form";
import { z } from "zod";

import type { EditedLayer, PolicySettings } from "#components/policy/policy-types.ts";
import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";
import { leafOf } from "#server/domain/policy-leaves.ts";
import type { PolicyOrigin } from "#server/domain/policy-leaves.ts";
import { LockedPath, Policy, resolvePolicy } from "#server/domain/policy.ts";
import type { PolicyDocument } from "#server/domain/policy.ts";

/** What the editor's form holds; the settings are checked by the schema of the verb. */
export const DraftForm = z.object({ policy: Policy, inherited: z.array(z.string()), lockedPaths: z.array(LockedPath) });
export type DraftForm = z.infer<typeof DraftForm>;

/** What an edit of one layer starts from. */
export type DraftBase = {
  readonly layer: EditedLayer;
  /** The version of the edited layer. */
  readonly version: number;
  readonly document: PolicyDocument;
  readonly policy: Policy;
  /** What would hold without this layer. */
  readonly below: Policy;
  readonly lockedPaths: readonly string[];
};

export const baseOf = (settings: PolicySettings, layer: EditedLayer): DraftBase => {
  const { document, version, lockedPaths } = settings[layer];
  if (layer === "club") {
    const below = resolvePolicy({ franchise: settings.franchise, club: null }).policy;
    return { layer, version, document, policy: settings.policy, below, lockedPaths: [] };
  }
  const { policy } = resolvePolicy({ franchise: settings.franchise, club: null });
  return { layer, version, document, policy, below: BUILT_IN_POLICY, lockedPaths };
};

type DraftFrame = {
  readonly base: DraftBase;
  readonly settings: PolicySettings;
  readonly mayEdit: boolean;
  /** The first touch keeps the version the edit began from, whatever is published meanwhile. */
  readonly onTouch: () => void;
};

const DraftContext = createContext<DraftFrame | null>(null);
export const DraftProvider = DraftContext;

export const useDraft = (): DraftFrame => {
  const frame = use(DraftContext);
  if (frame === null) {
    throw new Error("useDraft needs a DraftProvider above it");
  }
  return frame;
};

export type Setting<Value> = {
  readonly value: Value;
  readonly set: (value: Value) => void;
  readonly error: string | undefined;
  readonly origin: PolicyOrigin;
  /** The franchise holds it, and this is the club's layer. */
  readonly isHeld: boolean;
  readonly isDisabled: boolean;
  /** Leaves the setting to the layer below; null where it is left to it already. */
  readonly inherit: (() => void) | null;
};

/** A setting but for its value. */
export type SettingStatus = Omit<Setting<unknown>, "value" | "set">;

/** One setting of the draft by its path. */
export const useSetting = <Value,>(path: string): Setting<Value> => {
  const { base, settings, mayEdit, onTouch } = useDraft();
  const form = useFormContext<DraftForm>();
  const { field, fieldState } = useController<DraftForm>({ name: `policy.${path}` as "policy.handBackHours" });
  const inherited = form.watch("inherited");
  const isHeld = base.layer === "club" && settings.locked.includes(path);
  const isSetHere = leafOf(base.document, path) !== undefined && !inherited.includes(path);
  const isTouched = JSON.stringify(field.value) !== JSON.stringify(leafOf(base.policy, path));
  const put = (value: unknown, inheritedPaths: readonly string[]): void => {
    onTouch();
    form.setValue("inherited", [...inheritedPaths]);
    field.onChange(value);
  };
  const others = inherited.filter((one) => one !== path);
  const isOwn = isTouched || isSetHere;
  return {
    value: field.value as Value,
    set: (value) => put(value, others),
    error: messageOf(fieldState.error),
    origin: isOwn && !inherited.includes(path) && !isHeld ? base.layer : originBelow(base, settings, path),
    isHeld,
    isDisabled: !mayEdit || isHeld,
    inherit: mayEdit && !isHeld && isOwn && !inherited.includes(path) ? () => put(leafOf(base.below, path), [...others, path]) : null,
  };
};

const originBelow = ({ layer }: DraftBase, settings: PolicySettings, path: string): PolicyOrigin =>
  layer === "club" && leafOf(settings.franchise.document, path) !== undefined ? "franchise" : "built_in";

/** Complaints about a list or a week stand somewhere inside it; the first one is shown. */
const messageOf = (error: unknown): string | undefined => {
  if (typeof error !== "object" || error === null) {
    return undefined;
  }
  if ("message" in error && typeof error.message === "string" && error.message !== "") {
    return error.message.charAt(0).toUpperCase() + error.message.slice(1);
  }
  for (const inner of Object.entries(error)) {
    const found = inner[0] === "ref" ? undefined : messageOf(inner[1]);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
};

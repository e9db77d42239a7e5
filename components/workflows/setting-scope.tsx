"use client";

import { Lock } from "lucide-react";
import { useFormContext, useWatch } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import type { SettingLeaf } from "#components/workflows/setting-leaves.ts";
import { SETTING_SCOPES, type SettingsForm } from "#components/workflows/settings-form.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { Chip } from "#components/ui/chip.tsx";
import { Select } from "#components/ui/select.tsx";
import { leavesOf } from "#server/domain/workflows/settings-layers.ts";

export type SettingLayer = NonNullable<WorkflowDetails["layer"]>;

const SCOPE_WORDS = {
  club: "For this club",
  franchise: "For all clubs",
  locked: "For all clubs, locked",
} as const satisfies Record<(typeof SETTING_SCOPES)[number], string>;

type SettingScopeProps = {
  readonly leaf: SettingLeaf;
  /** Its place among the settings of the form. */
  readonly index: number;
  readonly layer: SettingLayer;
  readonly isDisabled: boolean;
};

/** For whom a value holds: whoever owns the franchise chooses it, everybody else reads where the value comes from. */
export const SettingScope = ({ index, isDisabled, layer, leaf }: SettingScopeProps) => {
  const { franchiseName } = useClub();
  const { register } = useFormContext<SettingsForm>();
  const value = useWatch<SettingsForm>({ name: `settings.${leaf.path}` });
  const origin = layer.origins[leaf.path] ?? "built_in";
  if (layer.mayShare) {
    return (
      <Select
        {...register(`scopes.${index}`)}
        aria-label={`${leaf.label}: for whom`}
        disabled={isDisabled}
        className="h-7 w-auto text-xs pointer-coarse:h-9"
      >
        {SETTING_SCOPES.map((scope) => (
          <option key={scope} value={scope}>
            {SCOPE_WORDS[scope]}
          </option>
        ))}
      </Select>
    );
  }
  if (origin === "locked") {
    return (
      <Chip tone="neutral" icon={<Lock aria-hidden="true" />}>
        {franchiseName} holds this for all its clubs
      </Chip>
    );
  }
  const set = leavesOf(layer.document);
  if (!set.has(leaf.path)) {
    return null;
  }
  return value === set.get(leaf.path) ? (
    <Chip tone="outline">From {franchiseName}</Chip>
  ) : (
    <Chip tone="outline">This club’s own; {franchiseName} has another</Chip>
  );
};

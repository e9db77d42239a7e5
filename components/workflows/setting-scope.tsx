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
    return <HeldForAll />;
  }
  const set = leavesOf(layer.document);
  if (!set.has(leaf.path)) {
    return null;
  }
  return value === set.get(leaf.path) ? (
    <Pin index={index} label={leaf.label} isDisabled={isDisabled} />
  ) : (
    <Chip tone="outline">This club’s own; {franchiseName} has another</Chip>
  );
};

/** Of a value that no club may change. */
export const HeldForAll = () => {
  const { franchiseName } = useClub();
  return (
    <Chip tone="neutral" icon={<Lock aria-hidden="true" />}>
      {franchiseName} holds this for all its clubs
    </Chip>
  );
};

type PinProps = Pick<SettingScopeProps, "index" | "isDisabled"> & { readonly label: string };

/** The value is the same as the franchise's now; kept, it stays when the franchise changes it. */
const Pin = ({ index, isDisabled, label }: PinProps) => {
  const { franchiseName } = useClub();
  const { register } = useFormContext<SettingsForm>();
  const isKept = useWatch<SettingsForm, `pins.${number}`>({ name: `pins.${index}` });
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Chip tone="outline">{isKept ? "This club’s own" : `From ${franchiseName}`}</Chip>
      <label className="flex min-h-7 items-center gap-1.5 text-xs text-ink-2 pointer-coarse:min-h-10">
        <input
          type="checkbox"
          disabled={isDisabled}
          className="size-4 accent-(--solid)"
          aria-label={`${label}: keep it for this club`}
          {...register(`pins.${index}`)}
        />
        Keep it for this club
      </label>
    </span>
  );
};

"use client";

import { Lock, LockOpen, Undo2 } from "lucide-react";
import { useId } from "react";
import type { ReactNode } from "react";
import { useFormContext } from "react-hook-form";

import { useDraft } from "#components/policy/draft-context.tsx";
import type { DraftForm, SettingStatus } from "#components/policy/draft-context.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { PolicyOrigin } from "#server/domain/policy-leaves.ts";
import { settingLabel } from "#server/domain/policy-words.ts";

const ORIGIN_LABELS = {
  built_in: "Built in",
  franchise: "Franchise",
  club: "This club",
} as const satisfies Record<PolicyOrigin, string>;

export type ControlProps = { readonly id: string; readonly "aria-describedby": string; readonly "aria-invalid": boolean };

type SettingRowProps = {
  readonly path: string;
  readonly setting: SettingStatus;
  readonly label?: string;
  readonly hint?: string;
  /** A group of controls has no one element a label could point at. */
  readonly isGroup?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
};

/** One setting: its name, what it does, where its value comes from, and the control. */
export const SettingRow = ({ path, setting, label = settingLabel(path), hint, isGroup = false, children }: SettingRowProps) => {
  const id = useId();
  const Name = isGroup ? "span" : "label";
  return (
    <div
      role={isGroup ? "group" : undefined}
      aria-labelledby={isGroup ? `${id}-name` : undefined}
      className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3.5 last:border-b-0 md:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-1">
        <Name id={`${id}-name`} {...(isGroup ? {} : { htmlFor: id })} className="text-sm font-semibold">
          {label}
        </Name>
        {hint === undefined ? null : <p className="text-xs text-ink-3">{hint}</p>}
        <SettingState path={path} setting={setting} label={label} />
      </div>
      <div className="min-w-0">
        {children({ id, "aria-describedby": `${id}-error`, "aria-invalid": setting.error !== undefined })}
        <p id={`${id}-error`} className="text-xs text-bad-ink empty:hidden [&:not(:empty)]:mt-1.5">
          {setting.error}
        </p>
      </div>
    </div>
  );
};

type SettingStateProps = { readonly path: string; readonly setting: SettingStatus; readonly label?: string };

/** Where a value comes from, and the way back to the layer below. */
export const SettingState = ({ path, setting, label = settingLabel(path) }: SettingStateProps) => {
  const { base } = useDraft();
  const { inherit } = setting;
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-1">
      {setting.isHeld ? (
        <Chip tone="outline" icon={<Lock />}>
          Held by the franchise
        </Chip>
      ) : (
        <Chip tone={setting.origin === base.layer ? "neutral" : "outline"}>{ORIGIN_LABELS[setting.origin]}</Chip>
      )}
      {inherit === null ? null : (
        <IconButton
          label={base.layer === "club" ? `${label}: as the franchise has it` : `${label}: as built in`}
          className="size-6"
          onClick={inherit}
        >
          <Undo2 />
        </IconButton>
      )}
      {base.layer === "franchise" ? <LockToggle path={path} label={label} /> : null}
    </div>
  );
};

const LockToggle = ({ path, label }: { readonly path: string; readonly label: string }) => {
  const { mayEdit, onTouch } = useDraft();
  const form = useFormContext<DraftForm>();
  const lockedPaths = form.watch("lockedPaths");
  const isLocked = lockedPaths.includes(path);
  const toggle = (): void => {
    onTouch();
    form.setValue("lockedPaths", isLocked ? lockedPaths.filter((one) => one !== path) : [...lockedPaths, path]);
  };
  return (
    <button
      type="button"
      aria-pressed={isLocked}
      disabled={!mayEdit}
      onClick={toggle}
      className="inline-flex h-6 items-center gap-1 rounded-full border border-line px-2 text-xs text-ink-2 transition-colors enabled:hover:bg-sunken aria-pressed:border-transparent aria-pressed:bg-solid aria-pressed:text-on-solid pointer-coarse:h-9 [&_svg]:size-3"
    >
      {isLocked ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
      <span className="sr-only">{label}: </span>
      {isLocked ? "Locked for clubs" : "Clubs may change it"}
    </button>
  );
};

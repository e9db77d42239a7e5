"use client";

import { useState } from "react";

import { useSetting } from "#components/policy/draft-context.tsx";
import { SettingRow } from "#components/policy/setting-row.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";

type Named = { readonly path: string; readonly label?: string; readonly hint?: string };
type Bounds = { readonly min: number; readonly max: number };

type NumberSettingProps = Named & {
  readonly bounds: Bounds;
  readonly unit: string;
  /** How many of the stored units one shown unit is: a million for dollars kept in millionths. */
  readonly scale?: number;
  readonly step?: number;
};

export const NumberSetting = ({ path, bounds, unit, scale = 1, step = 1, ...words }: NumberSettingProps) => {
  const setting = useSetting<number | null>(path);
  const { value } = setting;
  return (
    <SettingRow path={path} setting={{ ...setting, error: setting.error && outside(bounds, scale) }} {...words}>
      {(control) => (
        <span className="flex items-center gap-2">
          <Input
            {...control}
            type="number"
            inputMode="decimal"
            min={scaled(bounds.min, scale)}
            max={scaled(bounds.max, scale)}
            step={step}
            disabled={setting.isDisabled}
            value={value === null || Number.isNaN(value) ? "" : scaled(value, scale)}
            onChange={({ target }) => setting.set(target.value === "" ? null : Math.round(target.valueAsNumber * scale * 1e6) / 1e6)}
            className="w-32 tabular-nums"
          />
          <span className="text-sm text-ink-2">{unit}</span>
        </span>
      )}
    </SettingRow>
  );
};

const outside = ({ min, max }: Bounds, scale: number): string =>
  `Enter a number from ${scaled(min, scale).toLocaleString("en-US")} to ${scaled(max, scale).toLocaleString("en-US")}`;

/** Without the dust that dividing doubles leaves. */
const scaled = (value: number, scale: number): number => Math.round((value / scale) * 1e6) / 1e6;

type TextSettingProps = Named & {
  readonly rows?: number;
  /** An empty text is none. */
  readonly isOptional?: boolean;
};

export const TextSetting = ({ path, rows, isOptional = false, ...words }: TextSettingProps) => {
  const setting = useSetting<string | null>(path);
  const shared = {
    disabled: setting.isDisabled,
    value: setting.value ?? "",
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      setting.set(isOptional && target.value.trim() === "" ? null : target.value),
  };
  return (
    <SettingRow path={path} setting={setting} {...words}>
      {(control) =>
        rows === undefined ? (
          <Input {...control} {...shared} className="max-w-80" autoComplete="off" />
        ) : (
          <TextArea {...control} {...shared} rows={rows} className="max-w-[72ch]" />
        )
      }
    </SettingRow>
  );
};

/** Several short words, written with commas between them. */
export const ListSetting = ({ path, ...words }: Named) => {
  const setting = useSetting<readonly string[]>(path);
  const [typed, setTyped] = useState("");
  // What was typed stays as typed while it means the value; a value from elsewhere is written out.
  const shown = wordsOf(typed).join() === setting.value.join() ? typed : setting.value.join(", ");
  return (
    <SettingRow path={path} setting={setting} {...words}>
      {(control) => (
        <Input
          {...control}
          autoComplete="off"
          disabled={setting.isDisabled}
          value={shown}
          onChange={({ target }) => {
            setTyped(target.value);
            setting.set(wordsOf(target.value));
          }}
          className="max-w-120"
        />
      )}
    </SettingRow>
  );
};

const wordsOf = (text: string): readonly string[] =>
  text
    .split(/[\s,;]+/)
    .map((word) => word.toLowerCase())
    .filter((word) => word !== "");

type Choice = { readonly value: string; readonly label: string };

/** One of a list, or none of them: then the words of `none` hold. */
export const ChoiceSetting = ({
  path,
  choices,
  none,
  ...words
}: Named & { readonly choices: readonly Choice[]; readonly none: string }) => {
  const setting = useSetting<string | null>(path);
  return (
    <SettingRow path={path} setting={setting} {...words}>
      {(control) => (
        <Select
          {...control}
          disabled={setting.isDisabled}
          value={setting.value ?? ""}
          onChange={({ target }) => setting.set(target.value === "" ? null : target.value)}
          className="max-w-80"
        >
          <option value="">{none}</option>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </SettingRow>
  );
};

export const SwitchSetting = ({ path, on, ...words }: Named & { readonly on: string }) => {
  const setting = useSetting<boolean>(path);
  return (
    <SettingRow path={path} setting={setting} {...words}>
      {(control) => (
        <span className="flex items-center gap-2 text-sm">
          <input
            {...control}
            type="checkbox"
            checked={setting.value}
            disabled={setting.isDisabled}
            onChange={({ target }) => setting.set(target.checked)}
            className="size-4 accent-(--solid) pointer-coarse:size-6"
          />
          <span aria-hidden="true" className="text-ink-2">
            {on}
          </span>
        </span>
      )}
    </SettingRow>
  );
};

/** Minutes after midnight as `21:05`, and back. */
export const clockText = (minute: number): string => {
  const wrapped = minute % MINUTES_PER_DAY;
  return `${String(Math.floor(wrapped / 60)).padStart(2, "0")}:${String(wrapped % 60).padStart(2, "0")}`;
};
export const minuteOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
};
const MINUTES_PER_DAY = 1_440;

export const TimeSetting = ({ path, ...words }: Named) => {
  const setting = useSetting<number>(path);
  return (
    <SettingRow path={path} setting={setting} {...words}>
      {(control) => (
        <Input
          {...control}
          type="time"
          disabled={setting.isDisabled}
          value={clockText(setting.value)}
          onChange={({ target }) => (target.value === "" ? undefined : setting.set(minuteOf(target.value)))}
          className="w-32 tabular-nums"
        />
      )}
    </SettingRow>
  );
};

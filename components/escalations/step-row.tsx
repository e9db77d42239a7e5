"use client";

import { Trash2 } from "lucide-react";

import type { RulesView, StepDraft } from "#components/escalations/rules-editor.tsx";
import { formatAddress } from "#components/lib/format.ts";
import { WAY_LABELS } from "#components/lib/labels.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { WAIT_MAX_MINUTES } from "#server/domain/escalation-words.ts";
import { NOTIFICATION_WAYS, type NotificationWay } from "#server/domain/notification-words.ts";

type StepRowProps = {
  readonly step: StepDraft;
  readonly number: number;
  readonly view: RulesView;
  readonly onChange: (step: StepDraft) => void;
  /** Null for the only one. */
  readonly onRemove: (() => void) | null;
};

type To = StepDraft["to"];

export const StepRow = ({ number, onChange, onRemove, step, view }: StepRowProps) => {
  const { afterMinutes, to } = step;
  return (
    <li className="flex flex-wrap items-center gap-2 text-sm">
      <span>After</span>
      <Input
        type="number"
        inputMode="numeric"
        aria-label={`Minutes before step ${number}`}
        min={0}
        max={WAIT_MAX_MINUTES}
        value={Number.isNaN(afterMinutes) ? "" : afterMinutes}
        onChange={({ target }) => onChange({ ...step, afterMinutes: target.valueAsNumber })}
        className="w-20 tabular-nums"
      />
      <span>min, tell</span>
      <Select
        aria-label={`Who is told in step ${number}`}
        value={valueOf(to)}
        onChange={({ target }) => onChange({ ...step, to: toOf(target.value, wayOf(to)) })}
        className="w-52 max-w-full"
      >
        <option value="role:staff">everybody</option>
        <option value="role:manager">the managers</option>
        <option value="role:owner">the owners</option>
        <option value="on_call">the on-call phone</option>
        <option value="team">the team’s channel</option>
        <optgroup label="One person">
          {view.people.map(({ name, userId }) => (
            <option key={userId} value={`person:${userId}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </Select>
      {to.kind === "on_call" || to.kind === "team" ? null : (
        <Select
          aria-label={`How they are told in step ${number}`}
          value={to.way}
          onChange={({ target }) =>
            onChange({ ...step, to: { ...to, way: NOTIFICATION_WAYS.find((way) => way === target.value) ?? to.way } })
          }
          className="w-32"
        >
          {NOTIFICATION_WAYS.map((way) => (
            <option key={way} value={way}>
              {WAY_LABELS[way]}
            </option>
          ))}
        </Select>
      )}
      {onRemove === null ? null : (
        <IconButton label={`Remove step ${number}`} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      )}
      <Reach to={to} view={view} />
    </li>
  );
};

/** Says at once where a step would reach nobody. */
const Reach = ({ to, view }: { readonly to: To; readonly view: RulesView }) => {
  const warning = warningOf(to, view);
  if (warning !== null) {
    return <p className="w-full text-xs text-warn-ink">{warning}</p>;
  }
  return to.kind === "on_call" && view.onCallPhone !== null ? (
    <span className="text-xs text-ink-3">{formatAddress(view.onCallPhone)}</span>
  ) : null;
};

const warningOf = (to: To, { onCallPhone, people, team }: RulesView): string | null => {
  switch (to.kind) {
    case "on_call":
      return onCallPhone === null ? "This club has no on-call phone, so this step reaches nobody." : null;
    case "team":
      return team.length === 0 ? "No team channel is connected, so this step reaches nobody." : null;
    default: {
      const meant = people.filter(({ role, userId }) =>
        to.kind === "person" ? userId === to.userId : to.role === "staff" || role === to.role,
      );
      if (meant.length === 0) {
        return "Nobody like that works here, so this step reaches nobody.";
      }
      if (to.way === "sms" && meant.every(({ hasPhone }) => !hasPhone)) {
        return "Nobody of them has given a number under Settings, Notifications, so this step reaches nobody.";
      }
      return to.way === "push" && meant.every(({ hasDevice }) => !hasDevice)
        ? "No device of theirs lets itself be told, so this step reaches nobody."
        : null;
    }
  }
};

const valueOf = (to: To): string => (to.kind === "role" ? `role:${to.role}` : to.kind === "person" ? `person:${to.userId}` : to.kind);

const wayOf = (to: To): NotificationWay => ("way" in to ? to.way : "in_app");

const toOf = (value: string, way: NotificationWay): To => {
  const [kind, id = ""] = value.split(":");
  switch (kind) {
    case "on_call":
      return { kind: "on_call" };
    case "team":
      return { kind: "team" };
    case "person":
      return { kind: "person", userId: id as Extract<To, { kind: "person" }>["userId"], way };
    default:
      return { kind: "role", role: id === "manager" || id === "owner" ? id : "staff", way };
  }
};

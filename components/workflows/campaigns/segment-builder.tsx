"use client";

import { Plus, X } from "lucide-react";
import { useController } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import type { CampaignDraft } from "#components/workflows/campaigns/campaign-form.ts";
import {
  BOUND_WORDS,
  FIELD_WORDS,
  GROUPS,
  groupOf,
  MEMBER_FIELDS,
  newCondition,
  PROSPECT_FIELDS,
  segmentOf,
  type Condition,
  type ConditionField,
} from "#components/workflows/campaigns/segment-words.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import { MEMBER_STATUSES, type MemberStatus } from "#server/domain/vocabulary.ts";
import { Segment } from "#server/domain/workflows/segment.ts";

/** Whom a campaign is for: a group to begin from, and conditions that must all hold. */
export const SegmentBuilder = () => {
  const { field } = useController<CampaignDraft, "plan.segment">({ name: "plan.segment" });
  const segment = field.value;
  const conditions: readonly Condition[] = segment.all;
  const change = (all: readonly Condition[]): void => field.onChange(segmentOf(segment.of, all));
  const fields: readonly ConditionField[] = segment.of === "members" ? MEMBER_FIELDS : PROSPECT_FIELDS;
  const open = fields.filter((name) => conditions.every((condition) => condition.field !== name));
  const [next] = open;
  return (
    <div className="flex flex-col gap-4 px-4 py-4">
      <Groups segment={segment} onChange={field.onChange} />
      <div className="flex flex-wrap items-center gap-3">
        <SegmentedControl
          label="People"
          value={segment.of}
          onChange={(of) => field.onChange(segmentOf(of, []))}
          options={[
            { value: "members", label: "Members" },
            { value: "prospects", label: "Prospects" },
          ]}
        />
        <p className="text-sm text-ink-2">{conditions.length === 0 ? "All of them." : "Of whom all of this holds:"}</p>
      </div>
      {conditions.length === 0 ? null : (
        <ul aria-label="Conditions" className="flex flex-col gap-2">
          {conditions.map((condition, index) => (
            <li key={condition.field} className="flex flex-wrap items-center gap-2 rounded-control bg-sunken px-3 py-2">
              <Row
                condition={condition}
                fields={[condition.field, ...open]}
                onChange={(changed) => change(conditions.map((one, place) => (place === index ? changed : one)))}
              />
              <IconButton
                label={`Remove “${FIELD_WORDS[condition.field]}”`}
                className="ml-auto"
                onClick={() => change(conditions.filter((_, place) => place !== index))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {next === undefined ? null : (
        <Button size="sm" className="self-start" onClick={() => change([...conditions, newCondition(next)])}>
          <Plus aria-hidden="true" />
          Add a condition
        </Button>
      )}
      {Segment.safeParse(segment).success ? null : <p className="text-xs text-bad-ink">Some condition is not complete yet.</p>}
    </div>
  );
};

const Groups = ({ onChange, segment }: { readonly segment: Segment; readonly onChange: (segment: Segment) => void }) => (
  <div className="flex flex-wrap gap-1.5" role="group" aria-label="Begin from a group">
    {GROUPS.map((group) => (
      <button
        key={group.key}
        type="button"
        aria-pressed={groupOf(segment)?.key === group.key}
        onClick={() => onChange(group.segment)}
        className="h-7 rounded-full border border-line px-3 text-xs text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-pressed:border-transparent aria-pressed:bg-solid aria-pressed:font-semibold aria-pressed:text-on-solid pointer-coarse:h-9"
      >
        {group.label}
      </button>
    ))}
  </div>
);

type RowProps = {
  readonly condition: Condition;
  readonly fields: readonly ConditionField[];
  readonly onChange: (changed: Condition) => void;
};

const Row = ({ condition, fields, onChange }: RowProps) => (
  <>
    <Select
      aria-label="Condition"
      className="w-56 max-sm:w-full"
      value={condition.field}
      onChange={({ target }) => {
        const field = fields.find((one) => one === target.value);
        return field === undefined ? undefined : onChange(newCondition(field));
      }}
    >
      {fields.map((field) => (
        <option key={field} value={field}>
          {FIELD_WORDS[field]}
        </option>
      ))}
    </Select>
    <Value condition={condition} onChange={onChange} />
  </>
);

const Value = ({ condition, onChange }: Omit<RowProps, "fields">) => {
  switch (condition.field) {
    case "never_visited":
    case "past_due":
      return null;
    case "status":
      return <Statuses chosen={condition.anyOf} onChange={(anyOf) => onChange({ ...condition, anyOf: [...anyOf] })} />;
    case "membership_type":
    case "source":
      return (
        <Input
          aria-label={`${FIELD_WORDS[condition.field]}, separated by commas`}
          className="w-72 max-sm:w-full"
          placeholder="As the club’s system says it, separated by commas"
          value={condition.anyOf.join(", ")}
          onChange={({ target }) => onChange({ ...condition, anyOf: target.value.split(/,\s?/u) })}
        />
      );
    default:
      return <Bound condition={condition} onChange={onChange} />;
  }
};

type Bounded = Extract<Condition, { op: unknown }>;

const Bound = ({ condition, onChange }: { readonly condition: Bounded; readonly onChange: (changed: Condition) => void }) => {
  const { currency } = useClub();
  const words = BOUND_WORDS[condition.field];
  const unit = condition.field === "balance" ? currency : (words?.unit ?? "");
  const shown = condition.field === "balance" ? condition.minor / 100 : condition.field === "visits" ? condition.count : condition.days;
  return (
    <>
      <Select
        aria-label={`${FIELD_WORDS[condition.field]}: at least or at most`}
        className="w-28"
        value={condition.op}
        onChange={({ target }) => onChange({ ...condition, op: target.value === "at_least" ? "at_least" : "at_most" })}
      >
        <option value="at_least">{words?.at_least}</option>
        <option value="at_most">{words?.at_most}</option>
      </Select>
      <Input
        aria-label={`${FIELD_WORDS[condition.field]}, ${unit}`}
        type="number"
        min={0}
        className="w-24 tabular-nums"
        value={Number.isNaN(shown) ? "" : shown}
        onChange={({ target }) => onChange(withNumber(condition, target.valueAsNumber))}
      />
      <span aria-hidden="true" className="text-sm text-ink-2">
        {unit}
      </span>
    </>
  );
};

const withNumber = (condition: Bounded, value: number): Condition => {
  switch (condition.field) {
    case "balance":
      return { ...condition, minor: Math.round(value * 100) };
    case "visits":
      return { ...condition, count: value };
    default:
      return { ...condition, days: value };
  }
};

type StatusesProps = { readonly chosen: readonly MemberStatus[]; readonly onChange: (chosen: readonly MemberStatus[]) => void };

const Statuses = ({ chosen, onChange }: StatusesProps) => (
  <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
    <legend className="sr-only">Membership is one of</legend>
    {MEMBER_STATUSES.map((status) => (
      <label key={status} className="flex min-h-7 items-center gap-1.5 text-sm pointer-coarse:min-h-10">
        <input
          type="checkbox"
          checked={chosen.includes(status)}
          onChange={({ target }) => onChange(target.checked ? [...chosen, status] : chosen.filter((one) => one !== status))}
          className="size-4 accent-(--solid)"
        />
        {MEMBER_LABELS[status].label}
      </label>
    ))}
  </fieldset>
);

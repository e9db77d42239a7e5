"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { formatMoment } from "#components/lib/format.ts";
import type { SegmentPreview } from "#components/workflows/workflow-types.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { MERGE_FIELDS, render, withOptOut, type MergeField, type MergeValues } from "#server/domain/workflows/merge-fields.ts";

type Person = SegmentPreview["people"][number];
type Text = { readonly label: string; readonly body: string };

const NONE: MergeValues = {};

type PeoplePreviewProps = {
  readonly people: readonly Person[];
  readonly texts: readonly Text[];
  /** What stands in for what is known of nobody before the day, such as a date. */
  readonly examples?: MergeValues;
};

/** The very words for one real person after the other. */
export const PeoplePreview = ({ examples = NONE, people, texts }: PeoplePreviewProps) => {
  const [place, setPlace] = useState(0);
  const { timeZone } = useClub();
  const index = Math.min(place, people.length - 1);
  const person = people[index];
  if (person === undefined) {
    return <p className="text-sm text-ink-3">Nobody belongs to it now, so there is nobody to show it for.</p>;
  }
  return (
    <section aria-label="As it reads" className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <IconButton label="Person before" disabled={index === 0} onClick={() => setPlace(index - 1)}>
          <ChevronLeft />
        </IconButton>
        <p aria-live="polite" className="min-w-0 flex-1 text-center text-sm">
          <span className="font-semibold">{person.name}</span>{" "}
          <span className="text-ink-3 tabular-nums">
            ({index + 1} of {people.length})
          </span>
        </p>
        <IconButton label="Next person" disabled={index === people.length - 1} onClick={() => setPlace(index + 1)}>
          <ChevronRight />
        </IconButton>
      </div>
      {texts.map((text) => (
        <div key={text.label}>
          {texts.length === 1 ? null : <p className="mb-1 text-xs text-ink-3">{text.label}</p>}
          <Words person={{ ...person, fields: { ...examples, ...person.fields } }} body={text.body} />
        </div>
      ))}
      {person.leftOut === null ? null : <p className="text-xs text-ink-3">Would get nothing now: {person.leftOut}.</p>}
      {person.waitsUntil === null ? null : (
        <p className="text-xs text-ink-3">Goes out {formatMoment(person.waitsUntil, timeZone)}, when this person may be written to.</p>
      )}
    </section>
  );
};

const Words = ({ body, person }: { readonly person: Person; readonly body: string }) => {
  const filled = render(body, person.fields);
  return filled.kind === "text" ? (
    <p className="rounded-card bg-spotter-tint px-3 py-2 text-sm whitespace-pre-line text-spotter-ink">{withOptOut(filled.text)}</p>
  ) : (
    <p className="rounded-card bg-sunken px-3 py-2 text-sm text-ink-2">
      Would not be sent to {person.name}: {filled.fields.map(fieldName).join(", ")} is not known.
    </p>
  );
};

const fieldName = (field: string): string =>
  Object.hasOwn(MERGE_FIELDS, field) ? MERGE_FIELDS[field as MergeField].label : `{{${field}}}`;

"use client";

import { useQuery } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { PeoplePreview } from "#components/workflows/people-preview.tsx";
import type { WorkflowText } from "#components/workflows/workflow-types.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { MERGE_FIELD_NAMES, MERGE_FIELDS, type MergeField } from "#server/domain/workflows/merge-fields.ts";
import type { Segment } from "#server/domain/workflows/segment.ts";

const PROSPECT_TEXTS = /^(?:prospect|monthly|new_lead|silent_lead)/u;

/** Whose names a text is tried with: people of the kind it is for. */
const segmentFor = (key: string): Segment =>
  PROSPECT_TEXTS.test(key)
    ? { of: "prospects", all: [] }
    : { of: "members", all: [{ field: "status", anyOf: [key === "ppv_conversion" ? "pay_per_visit" : "active"] }] };

/** Known of everybody beforehand; the others belong to a day or an amount. */
const PERSONAL: ReadonlySet<MergeField> = new Set(["first_name", "club_name", "club_phone", "membership_type"]);
const EXAMPLES = Object.fromEntries(
  MERGE_FIELD_NAMES.filter((name) => !PERSONAL.has(name)).map((name) => [name, MERGE_FIELDS[name].example]),
);

/** How a text reads for real people of the kind it is for. */
export const TextPreview = ({ body, text }: { readonly text: WorkflowText; readonly body: string }) => {
  const { id: clubId } = useClub();
  const preview = useQuery(useTRPC().workflows.previewSegment.queryOptions({ clubId, segment: segmentFor(text.key) }));
  const isPartExample = text.fields.some((field) => !PERSONAL.has(field));
  return (
    <>
      {preview.isPending ? <SkeletonRows count={2} label="Loading people" /> : null}
      {preview.isError && preview.data === undefined ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.data === undefined ? null : (
        <PeoplePreview
          people={preview.data.people.map((person) => ({ ...person, waitsUntil: null, leftOut: null }))}
          texts={[{ label: "Text", body }]}
          examples={EXAMPLES}
        />
      )}
      <p className="text-xs text-ink-3">
        Names and memberships are real{isPartExample ? "; days and figures are examples" : ""}. Who really gets it is decided by its
        workflow and the rules of sending.
      </p>
    </>
  );
};

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleAlert, TriangleAlert } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { capitalize } from "#components/lib/format.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { useSettled } from "#components/lib/use-settled.ts";
import { renderExample, segmentsOf, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { textFaults, textWarnings, type TextRules } from "#server/domain/workflows/text-faults.ts";
import { TEMPLATE_ROOM } from "#server/domain/workflows/templates.ts";

const GUARD_WORDS: Readonly<Record<string, string>> = {
  "fact lock": "The club’s knowledge does not state this",
  privacy: "This speaks of an account or asks for something secret",
  "promise without duty": "This promises something that nobody is told to do",
  "language mismatch": "This is not the club’s language",
  "too long": "This has too many sentences",
  "no reply drafted": "This does not speak to the person",
};

/** `fact lock: $9.99` → a sentence and the words it is about. */
const worded = (finding: string): string => {
  const [code = "", ...rest] = finding.split(": ");
  const about = GUARD_WORDS[code];
  return about === undefined ? `${capitalize(finding)}.` : `${about}: “${rest.join(": ")}”.`;
};

/** What a text costs, what keeps it from being saved, and what its writer should think over, while it is written. */
export const TextChecks = ({ body, rules, id }: { readonly body: string; readonly rules: TextRules; readonly id?: string }) => {
  const { id: clubId } = useClub();
  const settled = useSettled(body);
  const guards = useQuery({
    ...useTRPC().workflows.checkText.queryOptions({ clubId, body: settled.slice(0, 2 * TEMPLATE_ROOM) }),
    placeholderData: keepPreviousData,
  });
  const faults = textFaults(rules, body);
  const warnings = [...textWarnings(body).map((words) => `${capitalize(words)}.`), ...(guards.data ?? []).map(worded)];
  const example = renderExample(body);
  const segmentCount = example.kind === "text" ? segmentsOf(withOptOut(example.text)) : null;
  return (
    <div id={id} aria-live="polite" className="flex flex-col gap-1 text-xs">
      <p className="text-ink-3 tabular-nums">
        {body.length} of {TEMPLATE_ROOM} characters
        {segmentCount === null
          ? ""
          : `, about ${segmentCount} ${segmentCount === 1 ? "part" : "parts"} as a text, the opt-out line included`}
      </p>
      {faults.map((fault) => (
        <p key={fault} className="flex items-start gap-1.5 text-bad-ink">
          <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {capitalize(fault)}.
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} className="flex items-start gap-1.5 text-warn-ink">
          <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {warning}
        </p>
      ))}
    </div>
  );
};

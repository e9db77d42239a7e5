"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { BellOff, Plus } from "lucide-react";
import { useState, type FormEvent } from "react";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { RuleCard } from "#components/escalations/rule-card.tsx";
import { useClub } from "#components/lib/club.tsx";
import { capitalize } from "#components/lib/format.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { notify } from "#components/ui/toast.tsx";
import { EscalationRules } from "#server/domain/escalation-rules.ts";
import { RULES_MAX_COUNT } from "#server/domain/escalation-words.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type RulesView = inferRouterOutputs<AppRouter>["escalations"]["rules"];
export type RuleDraft = RulesView["rules"]["rules"][number];
export type StepDraft = RuleDraft["steps"][number];
type Saved = inferRouterInputs<AppRouter>["escalations"]["saveRules"]["rules"];

/** Each rule on screen has a name of its own, so that one which moves keeps its fields. */
type Row = { readonly key: number; readonly rule: RuleDraft };

const NEW_RULE: RuleDraft = {
  reasons: ["complaint"],
  hours: "any",
  steps: [{ afterMinutes: 15, to: { kind: "role", role: "manager", way: "in_app" } }],
};

export const RulesEditor = ({ view }: { readonly view: RulesView }) => {
  const [rows, setRows] = useState<readonly Row[]>(() => view.rules.rules.map((rule, key) => ({ key, rule })));
  const [complaint, setComplaint] = useState<string | null>(null);
  const save = useSave(view.version);
  const draft = { rules: rows.map(({ rule }) => rule) };
  const isDirty = JSON.stringify(draft) !== JSON.stringify(view.rules);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const checked = EscalationRules.safeParse(draft);
    setComplaint(checked.success ? null : complaintOf(checked.error.issues[0]));
    if (checked.success) {
      save.mutate(checked.data);
    }
  };
  return (
    <form aria-label="Rules of escalation" noValidate onSubmit={submit}>
      <fieldset disabled={save.isPending} className="flex flex-col gap-4">
        {rows.length === 0 ? (
          <EmptyState icon={<BellOff />} title="Nobody is told">
            A conversation that nobody takes only stays in the list. Add a rule to have somebody told.
          </EmptyState>
        ) : null}
        <RuleList rows={rows} view={view} onChange={setRows} />
        {complaint === null ? null : (
          <p role="alert" className="text-sm text-bad-ink">
            {complaint}
          </p>
        )}
        {save.isError ? <FailureLine error={save.error} /> : null}
        <div className="sticky bottom-0 flex justify-end gap-2 border-t border-line bg-canvas py-3">
          <Button kind="quiet" disabled={!isDirty} onClick={() => setRows(view.rules.rules.map((rule, key) => ({ key, rule })))}>
            Discard
          </Button>
          <Button type="submit" kind="primary" disabled={!isDirty} isBusy={save.isPending}>
            Save the rules
          </Button>
        </div>
      </fieldset>
    </form>
  );
};

type RuleListProps = { readonly rows: readonly Row[]; readonly view: RulesView; readonly onChange: (rows: readonly Row[]) => void };

const RuleList = ({ onChange, rows, view }: RuleListProps) => (
  <>
    <ol className="flex flex-col gap-4">
      {rows.map(({ key, rule }, index) => (
        <RuleCard
          key={key}
          rule={rule}
          number={index + 1}
          view={view}
          isFirst={index === 0}
          isLast={index === rows.length - 1}
          onChange={(next) => onChange(rows.map((row) => (row.key === key ? { key, rule: next } : row)))}
          onRemove={() => onChange(rows.filter((row) => row.key !== key))}
          onMove={(by) => onChange(swapped(rows, index, index + by))}
        />
      ))}
    </ol>
    {rows.length < RULES_MAX_COUNT ? (
      <Button
        className="self-start"
        onClick={() => onChange([...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, rule: NEW_RULE }])}
      >
        <Plus aria-hidden="true" className="size-4" />
        Add a rule
      </Button>
    ) : null}
  </>
);

/** Which rule, and what is wrong with it. */
const complaintOf = (issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string => {
  const index = issue?.path[1];
  return typeof index === "number" ? `Rule ${index + 1}: ${issue?.message ?? ""}` : capitalize(issue?.message ?? "");
};

const swapped = (rows: readonly Row[], from: number, to: number): readonly Row[] => {
  const [one, other] = [rows[from], rows[to]];
  return one === undefined || other === undefined ? rows : rows.with(from, other).with(to, one);
};

const useSave = (baseVersion: number) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (rules: Saved) => client.escalations.saveRules.mutate({ clubId, baseVersion, rules }),
    onSuccess: async () => {
      notify({ tone: "good", title: "Saved. The rules hold from the next conversation on" });
      await queryClient.invalidateQueries(trpc.escalations.pathFilter());
    },
  });
};

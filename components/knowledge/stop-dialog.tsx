"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";

import { sentenceOf } from "#components/lib/sentence-of.ts";
import type { ArticleDetail } from "#components/knowledge/knowledge-types.ts";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { StopReason, type Fact } from "#server/domain/knowledge.ts";

type StopDialogProps = {
  readonly article: ArticleDetail;
  /** `null` = all of the article. */ readonly fact: Fact | null;
  readonly onClose: () => void;
};

export const StopDialog = ({ article, fact, onClose }: StopDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { reason: "" }, resolver: zodResolver(StopReason) });
  const stop = useKnowledgeChange({
    change: ({ reason }: StopReason) =>
      client.knowledge.stop.mutate({ clubId, articleId: article.id, reason, ...(fact === null ? {} : { factId: fact.id }) }),
    done: "Stopped. Spotter does not say it any more",
  });
  const submit = form.handleSubmit((input) => stop.mutate(input, { onSuccess: onClose }));
  const name = fact === null ? article.title : fact.label;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Stop “${name}”?`}
      description={
        article.scope === "franchise"
          ? "From the next answer on Spotter is silent on it, in every club of the franchise, until an owner corrects it or lifts the stop."
          : "From the next answer on Spotter is silent on it, until a manager corrects it or lifts the stop."
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <fieldset disabled={stop.isPending} className="flex flex-col gap-4">
          <Field label="What is wrong" hint="Your colleagues see it." error={sentenceOf(form.formState.errors.reason?.message)}>
            {(control) => <Input {...control} {...form.register("reason")} autoComplete="off" autoFocus className="h-10" />}
          </Field>
          <div className="flex justify-between gap-3">
            <Button size="lg" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" kind="danger" size="lg" isBusy={stop.isPending}>
              Stop it
            </Button>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
};

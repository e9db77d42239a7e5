"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { Id } from "#server/domain/ids.ts";

const SCORES = ["1", "2", "3", "4", "5"] as const;
type Score = (typeof SCORES)[number];

/** Up to here a better answer may be written. */
const LOW_SCORE = 3;

/** From 1, wrong, to 5, could not be better. A better answer is proposed to the owner as an example. */
export const RateMessage = ({ messageId }: { readonly messageId: Id<"message"> }) => {
  const { id: clubId } = useClub();
  const { messages } = useTRPCClient();
  const mayRate = useMay("message.rate");
  const [score, setScore] = useState<Score | null>(null);
  const [comment, setComment] = useState("");
  const [betterAnswer, setBetterAnswer] = useState("");
  const rate = useMutation({
    mutationFn: (chosen: Score) =>
      messages.rate.mutate({
        clubId,
        messageId,
        score: Number(chosen),
        ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
        ...(betterAnswer.trim() === "" || Number(chosen) > LOW_SCORE ? {} : { betterAnswer: betterAnswer.trim() }),
      }),
  });
  if (!mayRate) {
    return null;
  }
  if (rate.isSuccess) {
    return (
      <p role="status" className="border-t border-line pt-3 text-xs text-ink-2">
        Rated {score} of 5. Thank you.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="text-xs text-ink-3">Was this right? 1 wrong, 5 perfect</span>
        <SegmentedControl
          label="Rating, 1 wrong to 5 perfect"
          options={SCORES.map((value) => ({ value, label: value }))}
          value={score}
          onChange={setScore}
        />
      </div>
      {score === null ? null : (
        <>
          <Field label="What should be different" hint="Optional" error={rate.isError ? describeFailure(rate.error).title : undefined}>
            {(control) => <TextArea {...control} value={comment} onChange={(event) => setComment(event.target.value)} />}
          </Field>
          {Number(score) <= LOW_SCORE ? (
            <Field label="A better answer" hint="Optional; proposed to the owner as an example">
              {(control) => <TextArea {...control} value={betterAnswer} onChange={(event) => setBetterAnswer(event.target.value)} />}
            </Field>
          ) : null}
          <Button size="sm" className="self-end" isBusy={rate.isPending} onClick={() => rate.mutate(score)}>
            Save rating
          </Button>
        </>
      )}
    </div>
  );
};

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type ResumeDialogProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

export const ResumeDialog = ({ isOpen, onOpenChange }: ResumeDialogProps) => {
  const club = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const resume = useMutation(
    trpc.emergencyStop.clear.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.clubs.pathFilter()) }),
  );
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Let Spotter work again for ${club.name}?`}
      description="From now on Spotter answers again what this club lets it answer alone."
    >
      {resume.isError ? (
        <p role="alert" className="text-sm text-bad-ink">
          {describeFailure(resume.error).title}
        </p>
      ) : null}
      <div className="flex justify-between">
        <Button onClick={() => onOpenChange(false)}>Keep it stopped</Button>
        <Button kind="primary" isBusy={resume.isPending} onClick={() => resume.mutate({ clubId: club.id })}>
          Resume Spotter
        </Button>
      </div>
    </Dialog>
  );
};

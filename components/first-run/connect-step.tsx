"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, FlaskConical, Plug } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";

import { FailureLine } from "#components/connections/failure-line.tsx";
import { TestOutcome } from "#components/connections/test-outcome.tsx";
import type { FirstRun } from "#components/first-run/first-run-types.ts";
import { StepFrame } from "#components/first-run/step-frame.tsx";
import { useSettleStep } from "#components/first-run/use-first-run.ts";
import { useClub } from "#components/lib/club.tsx";
import { connectPath, firstRunPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/page.tsx";
import { notify } from "#components/ui/toast.tsx";

/** A real vendor from the catalogue, or a line of the sandbox where one runs. */
export const ConnectStep = ({ run }: { readonly run: FirstRun }) => {
  const { slug } = useClub();
  const next = firstRunPath(slug, { step: "questions" });
  return (
    <StepFrame
      title="Connect a vendor"
      about="Spotter reads what arrives there and drafts answers beside it. It is in shadow, so nothing goes out."
    >
      {run.connect === "done" ? (
        <p className="flex items-center gap-2 text-sm">
          <CircleCheck aria-hidden="true" className="size-4 text-good-ink" />
          A vendor is connected. You can add more at any time.
        </p>
      ) : null}
      <div className="grid max-w-200 gap-4 md:grid-cols-2">
        <Panel label="Your own vendor">
          <div className="flex h-full flex-col items-start gap-3 p-4">
            <p className="flex items-center gap-2 text-base font-semibold [&_svg]:size-4">
              <Plug aria-hidden="true" />
              Your own vendor
            </p>
            <p className="flex-1 text-sm text-pretty text-ink-2">
              OpenPhone, Twilio, your mailbox, ClubOS and more. Have its key or sign-in at hand. Nothing is stored before the vendor has
              accepted it.
            </p>
            <Link href={connectPath(slug)} className={buttonStyles({ kind: run.connect === "done" ? "secondary" : "primary" })}>
              Choose a vendor
            </Link>
          </div>
        </Panel>
        {run.hasSandbox ? <SandboxOffer isFirst={run.connect !== "done"} /> : null}
      </div>
      <div className="flex flex-wrap gap-3">
        {run.connect === "done" ? (
          <Link href={next} className={buttonStyles({ kind: "primary", size: "lg" })}>
            Go on to the questions
          </Link>
        ) : (
          <SkipButton />
        )}
      </div>
    </StepFrame>
  );
};

const SkipButton = () => {
  const { slug } = useClub();
  const router = useRouter();
  const settling = useSettleStep();
  return (
    <Button
      kind="quiet"
      isBusy={settling.isPending}
      onClick={() =>
        settling.mutate({ state: "skipped", step: "connect" }, { onSuccess: () => router.push(firstRunPath(slug, { step: "questions" })) })
      }
    >
      Skip for now
    </Button>
  );
};

const SandboxOffer = ({ isFirst }: { readonly isFirst: boolean }) => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const connecting = useMutation(
    trpc.firstRun.connectSandbox.mutationOptions({
      onSuccess: async (result) => {
        if (result.kind === "connected") {
          await Promise.all([
            queryClient.invalidateQueries(trpc.firstRun.pathFilter()),
            queryClient.invalidateQueries(trpc.connections.pathFilter()),
          ]);
          notify({ tone: "good", title: "The sandbox line is connected" });
          router.push(firstRunPath(slug, { step: "questions" }));
        }
      },
    }),
  );
  return (
    <Panel label="The demo sandbox">
      <div className="flex h-full flex-col items-start gap-3 p-4">
        <p className="flex items-center gap-2 text-base font-semibold [&_svg]:size-4">
          <FlaskConical aria-hidden="true" />
          The demo sandbox
        </p>
        <p className="flex-1 text-sm text-pretty text-ink-2">
          An invented text line that runs beside this installation and speaks OpenPhone’s protocol. Nobody real is at its other end.
        </p>
        {connecting.data?.kind === "failed" ? <TestOutcome result={connecting.data} /> : null}
        {connecting.isError ? <FailureLine error={connecting.error} /> : null}
        <Button isBusy={connecting.isPending} kind={isFirst ? "primary" : "secondary"} onClick={() => connecting.mutate({ clubId })}>
          Use the demo sandbox
        </Button>
      </div>
    </Panel>
  );
};

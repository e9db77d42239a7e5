"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { WorkflowText } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";

const TextDialog = lazy(async () => ({ default: (await import("#components/workflows/text-dialog.tsx")).TextDialog }));

/** The texts that workflows fill and send: the club's own words, and what Spotter made of them. */
export const TextsScreen = () => {
  const { id: clubId, slug } = useClub();
  const texts = useQuery(useTRPC().workflows.texts.queryOptions({ clubId }));
  return (
    <Page
      title="Texts"
      about="What workflows write. Spotter words each text for its group from yours; a text that changed needs a new yes before it goes out."
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      {texts.isPending ? <SkeletonRows count={4} label="Loading texts" /> : null}
      {texts.isError && texts.data === undefined ? <ErrorState error={texts.error} onRetry={() => void texts.refetch()} /> : null}
      {texts.data === undefined ? null : (
        <ul className="grid gap-4 lg:grid-cols-2">
          {texts.data.map((text) => (
            <Item key={text.key} text={text} />
          ))}
        </ul>
      )}
    </Page>
  );
};

const PURPOSE_WORDS = { service: "Service", billing: "Bills", marketing: "Advertising" } as const satisfies Record<
  WorkflowText["purpose"],
  string
>;

const Item = ({ text }: { readonly text: WorkflowText }) => {
  const mayManage = useMay("workflow.manage");
  const [isEditing, setIsEditing] = useState(false);
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-sm font-semibold">{text.name}</h2>
        <Chip tone="outline">{PURPOSE_WORDS[text.purpose]}</Chip>
        {mayManage ? (
          <Button size="sm" kind="quiet" className="ml-auto" aria-label={`Edit ${text.name}`} onClick={() => setIsEditing(true)}>
            <Pencil aria-hidden="true" />
            Edit
          </Button>
        ) : null}
      </div>
      <div>
        <p className="mb-1 text-xs text-ink-3">{text.isOwn ? "Your words" : "Built-in words"}</p>
        <p className="text-sm whitespace-pre-line">{text.body}</p>
      </div>
      {text.written === null ? null : (
        <div>
          <p className="mb-1 flex items-center gap-1 text-xs text-spotter-ink">
            <SpotterGlyph className="size-3.5" />
            As Spotter words it now
          </p>
          <p className="rounded-card bg-spotter-tint px-3 py-2 text-sm whitespace-pre-line text-spotter-ink">{text.written}</p>
        </div>
      )}
      {isEditing ? (
        <Suspense fallback={null}>
          <TextDialog text={text} onClose={() => setIsEditing(false)} />
        </Suspense>
      ) : null}
    </li>
  );
};

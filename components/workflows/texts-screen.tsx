"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil, SearchX } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { lazy, Suspense, type ReactNode } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { campaignPath, clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { textParams } from "#components/workflows/search-params.ts";
import type { CampaignRow, WorkflowText } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { Snippet } from "#server/domain/snippets.ts";
import { REMINDER_WORDINGS } from "#server/domain/past-due/reminder-words.ts";

const TextDialog = lazy(async () => ({ default: (await import("#components/workflows/text-dialog.tsx")).TextDialog }));

/** The library: every text that goes out uninvited, those of workflows, of campaigns, and the built-in reminders. */
export const TextsScreen = () => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const texts = useQuery(trpc.workflows.texts.queryOptions({ clubId }));
  const campaigns = useQuery(trpc.workflows.campaigns.queryOptions({ clubId }));
  const snippets = useQuery(trpc.snippets.list.queryOptions({ clubId }));
  const [{ search, text: openKey }, setParams] = useQueryStates(textParams);
  const failed = [texts, campaigns, snippets].find(({ data, isError }) => isError && data === undefined);
  const isReady = [texts, campaigns, snippets].every(({ data }) => data !== undefined);
  const open = texts.data?.find(({ key }) => key === openKey);
  return (
    <Page
      title="Texts"
      about="Everything that goes out uninvited. Spotter words each text for its group from yours; a text that changed needs a new yes before it goes out."
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      <Input
        type="search"
        aria-label="Search texts"
        placeholder="Search names and words"
        className="mb-6 max-w-80"
        value={search}
        onChange={({ target }) => void setParams({ search: target.value })}
      />
      {failed === undefined ? null : <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && !isReady ? <SkeletonRows count={4} label="Loading texts" /> : null}
      {texts.data === undefined || campaigns.data === undefined || snippets.data === undefined ? null : (
        <Library
          texts={texts.data}
          campaigns={campaigns.data}
          snippets={snippets.data}
          search={search}
          onOpen={(key) => void setParams({ text: key })}
        />
      )}
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <TextDialog key={open.key} text={open} onClose={() => void setParams({ text: null })} />
        </Suspense>
      )}
    </Page>
  );
};

const finds = (search: string, ...words: readonly (string | null)[]): boolean => {
  const wanted = search.trim().toLowerCase();
  return words.some((one) => one?.toLowerCase().includes(wanted) === true);
};

type LibraryProps = {
  readonly texts: readonly WorkflowText[];
  readonly campaigns: readonly CampaignRow[];
  readonly snippets: readonly Snippet[];
  readonly search: string;
  readonly onOpen: (key: string) => void;
};

const Library = ({ campaigns, onOpen, search, snippets, texts }: LibraryProps) => {
  const found = texts.filter(({ body, name, written }) => finds(search, name, body, written));
  const own = campaigns.filter(({ name, texts: { a, b } }) => finds(search, name, a, b));
  const replies = snippets.filter(({ name, text }) => finds(search, name, text));
  const reminders = REMINDERS.filter(({ text }) => finds(search, "past-due reminders", text));
  if (found.length + own.length + replies.length + reminders.length === 0) {
    return (
      <EmptyState icon={<SearchX />} title="No text says that">
        Try other words, or clear the search.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-8">
      <Group title="Of workflows" isEmpty={found.length === 0}>
        {found.map((text) => (
          <Item key={text.key} text={text} onOpen={() => onOpen(text.key)} />
        ))}
      </Group>
      <Group title="Of campaigns" isEmpty={own.length === 0}>
        {own.map((campaign) => (
          <CampaignItem key={campaign.id} campaign={campaign} />
        ))}
      </Group>
      <Group title="Saved replies" about="Staff fill and change them where they write, in the inbox." isEmpty={replies.length === 0}>
        {replies.map((reply) => (
          <li key={reply.id} className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-surface p-4">
            <h3 className="text-sm font-semibold">{reply.name}</h3>
            <p className="text-sm break-words whitespace-pre-line">{reply.text}</p>
          </li>
        ))}
      </Group>
      {reminders.length === 0 ? null : (
        <details open={search.trim() !== ""}>
          <summary className="cursor-pointer text-lg font-semibold">Past-due reminders, built in ({reminders.length})</summary>
          <p className="mt-1 mb-3 max-w-[72ch] text-sm text-ink-2">
            Checked against the law of debts, six of each tier, so that nobody reads the same twice. They stay as they are.
          </p>
          <ul className="grid gap-4 lg:grid-cols-2">
            {reminders.map(({ key, text, tier }) => (
              <li key={key} className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-surface p-4">
                <Chip tone="outline">{tier}</Chip>
                <p className="text-sm break-words whitespace-pre-line">{text}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
};

const REMINDERS = Object.entries(REMINDER_WORDINGS).flatMap(([tier, wordings]) => wordings.map((wording) => ({ ...wording, tier })));

type GroupProps = { readonly title: string; readonly about?: string; readonly isEmpty: boolean; readonly children: ReactNode };

const Group = ({ about, children, isEmpty, title }: GroupProps) =>
  isEmpty ? null : (
    <section aria-label={title}>
      <h2 className="text-lg font-semibold">{title}</h2>
      {about === undefined ? null : <p className="text-sm text-ink-2">{about}</p>}
      <ul className="mt-3 grid gap-4 lg:grid-cols-2">{children}</ul>
    </section>
  );

const PURPOSE_WORDS = { service: "Service", billing: "Bills", marketing: "Advertising" } as const satisfies Record<
  WorkflowText["purpose"],
  string
>;

const Item = ({ onOpen, text }: { readonly text: WorkflowText; readonly onOpen: () => void }) => {
  const mayManage = useMay("workflow.manage");
  const action = mayManage ? "Edit" : "Open";
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="text-sm font-semibold">{text.name}</h3>
        <Chip tone="outline">{PURPOSE_WORDS[text.purpose]}</Chip>
        <Button size="sm" kind="quiet" className="ml-auto" aria-label={`${action} ${text.name}`} onClick={onOpen}>
          <Pencil aria-hidden="true" />
          {action}
        </Button>
      </div>
      <div>
        <p className="mb-1 text-xs text-ink-3">{text.isOwn ? "Your words" : "Built-in words"}</p>
        <p className="text-sm break-words whitespace-pre-line">{text.body}</p>
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
    </li>
  );
};

const CampaignItem = ({ campaign }: { readonly campaign: CampaignRow }) => {
  const { slug } = useClub();
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <h3 className="text-sm font-semibold">
        <Link href={campaignPath(slug, campaign.id)} className="underline underline-offset-2">
          {campaign.name}
        </Link>
      </h3>
      {[campaign.texts.a, campaign.texts.b].map((body, index) =>
        body === null ? null : (
          <div key={index === 0 ? "first" : "second"}>
            <p className="mb-1 text-xs text-ink-3">{campaign.texts.b === null ? "Text" : index === 0 ? "First text" : "Second text"}</p>
            <p className="text-sm break-words whitespace-pre-line">{body}</p>
          </div>
        ),
      )}
    </li>
  );
};

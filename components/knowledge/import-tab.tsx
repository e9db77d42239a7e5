"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery } from "@tanstack/react-query";
import { FileText, Lock } from "lucide-react";
import { useForm } from "react-hook-form";

import { packFile } from "#components/imports/pack-file.ts";
import { sentenceOf } from "#components/lib/sentence-of.ts";
import { PageSource } from "#components/knowledge/page-source.tsx";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageAddress } from "#server/domain/knowledge.ts";

type OnOpen = { readonly onOpen: (articleId: string) => void };
type Imported = { readonly articleIds: readonly string[]; readonly skippedCount: number };

const importedWords = ({ articleIds, skippedCount }: Imported): string =>
  articleIds.length === 0
    ? "Nothing new: every section was here already"
    : `${articleIds.length} ${articleIds.length === 1 ? "draft" : "drafts"} made${skippedCount === 0 ? "" : `, ${skippedCount} were here already`}`;

/** Takes what the club has written elsewhere in as drafts. */
export const ImportTab = ({ onOpen }: OnOpen) => {
  const mayWrite = useMay("knowledge.write");
  return mayWrite ? (
    <div className="grid lg:grid-cols-2 lg:divide-x lg:divide-line">
      <section aria-labelledby="page-title" className="flex flex-col gap-4 p-4 max-lg:border-b max-lg:border-line">
        <div>
          <h2 id="page-title" className="text-base font-semibold">
            A page of your website
          </h2>
          <p className="text-sm text-ink-2">Each heading becomes a draft. Read it, then publish it.</p>
        </div>
        <PageForm />
        <ImportedPages onOpen={onOpen} />
      </section>
      <section aria-labelledby="file-title" className="flex flex-col gap-4 p-4">
        <div>
          <h2 id="file-title" className="text-base font-semibold">
            A file
          </h2>
          <p className="text-sm text-ink-2">
            Word, PDF, text, Markdown or HTML, split at its headings; or a table in CSV with a question and an answer in each row. Up to 5
            MB.
          </p>
        </div>
        <FileChoice />
      </section>
    </div>
  ) : (
    <EmptyState icon={<Lock />} title="Managers import articles">
      You can read every article, and stop what is wrong.
    </EmptyState>
  );
};

const PageForm = () => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { url: "" }, resolver: zodResolver(PageAddress) });
  const importing = useKnowledgeChange({
    change: ({ url }: PageAddress) => client.knowledge.importPage.mutate({ clubId, url }),
    done: importedWords,
  });
  const submit = form.handleSubmit((input) => importing.mutate(input, { onSuccess: () => form.reset() }));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <fieldset disabled={importing.isPending} className="flex flex-col gap-2">
        <Field label="Address" hint="Such as https://your-club.com/faq" error={sentenceOf(form.formState.errors.url?.message)}>
          {(control) => <Input {...control} {...form.register("url")} type="url" inputMode="url" autoComplete="off" className="h-10" />}
        </Field>
        <Button type="submit" isBusy={importing.isPending} className="self-start">
          {importing.isPending ? "Reading the page" : "Read the page"}
        </Button>
      </fieldset>
    </form>
  );
};

const FILE_KINDS = ".txt,.md,.html,.htm,.csv,.docx,.pdf";

const FileChoice = () => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const importing = useKnowledgeChange({
    change: async (file: File) => client.knowledge.importFile.mutate({ clubId, fileName: file.name, content: await packFile(file) }),
    done: importedWords,
  });
  return (
    <label className={`${buttonStyles({})} relative cursor-pointer self-start has-focus-visible:outline-2 has-focus-visible:outline-ink`}>
      <FileText aria-hidden="true" />
      {importing.isPending ? "Reading the file" : "Choose a file"}
      <input
        type="file"
        accept={FILE_KINDS}
        disabled={importing.isPending}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) {
            importing.mutate(file);
          }
          target.value = "";
        }}
      />
    </label>
  );
};

const ImportedPages = ({ onOpen }: OnOpen) => {
  const { id: clubId } = useClub();
  const articles = useQuery(useTRPC().knowledge.list.queryOptions({ clubId }));
  const counts = new Map<string, number>();
  for (const { source, sourceUrl } of articles.data ?? []) {
    if (source === "imported_page" && sourceUrl !== null) {
      counts.set(sourceUrl, (counts.get(sourceUrl) ?? 0) + 1);
    }
  }
  return counts.size === 0 ? null : (
    <ul aria-label="Pages read before" className="flex flex-col gap-2">
      {[...counts].map(([url, articleCount]) => (
        <PageSource key={url} url={url} articleCount={articleCount} onOpen={onOpen} />
      ))}
    </ul>
  );
};

"use client";

import { useState } from "react";

import { ArticleForm } from "#components/knowledge/article-form.tsx";
import { Back } from "#components/knowledge/article-screen.tsx";
import { useKnowledgeChange } from "#components/knowledge/use-knowledge-change.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { ArticleContent } from "#server/domain/knowledge.ts";

const EMPTY: ArticleContent = { title: "", body: "", facts: [], asked: [], translations: [], validFromOn: null, validUntilOn: null };

type NewArticleScreenProps = { readonly onClose: () => void; readonly onCreated: (articleId: string) => void };

export const NewArticleScreen = ({ onClose, onCreated }: NewArticleScreenProps) => {
  const { id: clubId, name, franchiseName } = useClub();
  const client = useTRPCClient();
  const mayShare = useMay("knowledge.share");
  const [scope, setScope] = useState<"club" | "franchise">("club");
  const creating = useKnowledgeChange({
    change: (content: ArticleContent) => client.knowledge.create.mutate({ clubId, content, scope }),
    done: "Saved as a draft. Publish it when it is right",
  });
  return (
    <Page
      title="Write an article"
      about="One subject, in the words a member would be told. Nothing is said before you publish it."
      aside={<Back onClose={onClose} />}
    >
      <div className="flex max-w-200 flex-col gap-4">
        {mayShare ? (
          <div className="self-start">
            <SegmentedControl
              label="For whom"
              options={[
                { value: "club", label: name },
                { value: "franchise", label: `All clubs of ${franchiseName}` },
              ]}
              value={scope}
              onChange={setScope}
            />
          </div>
        ) : null}
        <Panel label="The article">
          <ArticleForm
            initial={EMPTY}
            stored={null}
            isBusy={creating.isPending}
            submitLabel="Save as a draft"
            onSubmit={(content) => creating.mutate(content, { onSuccess: ({ articleId }) => onCreated(articleId) })}
          />
        </Panel>
      </div>
    </Page>
  );
};

"use client";

import { Megaphone } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsJson, useQueryState } from "nuqs";
import { useFormState } from "react-hook-form";

import { useClub, useMay } from "#components/lib/club.tsx";
import { campaignPath, campaignsPath } from "#components/lib/paths.ts";
import { CampaignEditor, useCampaignForm } from "#components/workflows/campaigns/campaign-editor.tsx";
import { NEW_CAMPAIGN, type CampaignDraft } from "#components/workflows/campaigns/campaign-form.ts";
import { useCreateCampaign } from "#components/workflows/campaigns/use-save-campaign.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { Segment } from "#server/domain/workflows/segment.ts";

export const NewCampaignScreen = () => {
  const { slug } = useClub();
  return (
    <Page
      title="New campaign"
      about="Your own words to people of your choosing, each of them once. It begins as a dry run; you see everybody and every text before anything goes out."
      aside={
        <Link href={campaignsPath(slug)} className="text-sm underline underline-offset-2">
          All campaigns
        </Link>
      }
    >
      {useMay("workflow.manage") ? (
        <Form />
      ) : (
        <EmptyState icon={<Megaphone />} title="For owners">
          An owner makes campaigns; managers preview and run them.
        </EmptyState>
      )}
    </Page>
  );
};

const Form = () => {
  const { slug } = useClub();
  const router = useRouter();
  // A list of people leads here with whom it shows; the form begins with them.
  const [segment] = useQueryState("segment", parseAsJson(Segment));
  const form = useCampaignForm(segment === null ? NEW_CAMPAIGN : { ...NEW_CAMPAIGN, plan: { ...NEW_CAMPAIGN.plan, segment } });
  const create = useCreateCampaign((workflowId) => router.push(campaignPath(slug, workflowId, "preview")));
  return <CampaignEditor form={form} onSave={(draft) => create.mutate(draft)} bar={<CreateBar isBusy={create.isPending} />} />;
};

const CreateBar = ({ isBusy }: { readonly isBusy: boolean }) => {
  const { isValid } = useFormState<CampaignDraft>();
  return (
    <div className="mt-8 flex flex-wrap items-center justify-end gap-4">
      {isValid ? null : <p className="text-sm text-ink-3">It needs a name, people and a text first.</p>}
      <Button type="submit" kind="primary" size="lg" disabled={!isValid} isBusy={isBusy}>
        Make the campaign
      </Button>
    </div>
  );
};

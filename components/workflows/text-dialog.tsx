"use client";

import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { TestSend } from "#components/workflows/test-send.tsx";
import { TextEditor } from "#components/workflows/text-editor.tsx";
import { TextPreview } from "#components/workflows/text-preview.tsx";
import { TextVersions } from "#components/workflows/text-versions.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowText } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { textFaults } from "#server/domain/workflows/text-faults.ts";

type TextDialogProps = { readonly text: WorkflowText; readonly onClose: () => void };

const PANEL_ID = "text-panel";
const TABS = ["words", "preview", "versions"] as const;
type Tab = (typeof TABS)[number];
const LABELS = { words: "Words", preview: "For real people", versions: "Versions" } as const satisfies Record<Tab, string>;

/** One text of the library: its words with what speaks against them, how it reads for real people, a test, and what it was before. */
export const TextDialog = ({ onClose, text }: TextDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayManage = useMay("workflow.manage");
  const mayRun = useMay("workflow.run");
  const [tab, setTab] = useState<Tab>("words");
  const [body, setBody] = useState(text.body);
  const save = useWorkflowChange({
    change: () => client.workflows.saveText.mutate({ clubId, key: text.key, body: body.trim() }),
    done: `“${text.name}” is saved`,
    onDone: onClose,
  });
  const isWrong = textFaults(text, body).length > 0;
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title={text.name}
      description="Spotter words it anew for each group from these words. Who was approved for the old text needs a new yes."
    >
      <div className="-mx-2 border-b border-line">
        <Tabs
          label="Parts of the text"
          value={tab}
          panelId={PANEL_ID}
          onChange={setTab}
          tabs={TABS.map((value) => ({ value, label: LABELS[value] }))}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]} className="flex min-h-60 flex-col gap-4">
        {tab === "words" ? (
          <>
            <TextEditor label="Your words" value={body} onChange={setBody} rules={text} isDisabled={!mayManage || save.isPending} />
            {mayRun ? <TestSend texts={[{ label: "Text", body }]} isDisabled={isWrong} /> : null}
          </>
        ) : null}
        {tab === "preview" ? <TextPreview text={text} body={body} /> : null}
        {tab === "versions" ? (
          <TextVersions
            text={text}
            current={body}
            onRestore={
              mayManage
                ? (restored) => {
                    setBody(restored);
                    setTab("words");
                  }
                : null
            }
          />
        ) : null}
      </div>
      <Foot isChanged={!isWrong && body.trim() !== text.body} isBusy={save.isPending} onClose={onClose} onSave={() => save.mutate(null)} />
    </Dialog>
  );
};

type FootProps = { readonly isChanged: boolean; readonly isBusy: boolean; readonly onClose: () => void; readonly onSave: () => void };

const Foot = ({ isBusy, isChanged, onClose, onSave }: FootProps) => {
  const mayManage = useMay("workflow.manage");
  return (
    <div className="flex justify-between">
      <Button onClick={onClose}>{mayManage ? "Cancel" : "Close"}</Button>
      {mayManage ? (
        <Button kind="primary" disabled={!isChanged} isBusy={isBusy} onClick={onSave}>
          Save
        </Button>
      ) : null}
    </div>
  );
};

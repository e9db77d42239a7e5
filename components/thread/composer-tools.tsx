"use client";

import { TextQuote, WandSparkles } from "lucide-react";
import { lazy, useMemo } from "react";

import { PopupButton, type PopupProps } from "#components/ui/popup-button.tsx";
import type { Id } from "#server/domain/ids.ts";

const SnippetMenu = lazy(async () => ({ default: (await import("#components/thread/snippet-menu.tsx")).SnippetMenu }));
const RewriteMenu = lazy(async () => ({ default: (await import("#components/thread/rewrite-menu.tsx")).RewriteMenu }));

type ComposerToolsProps = { readonly conversationId: Id<"conversation">; readonly contactName: string; readonly isEmpty: boolean };

const toolStyles =
  "flex h-7 items-center gap-1.5 rounded-control px-2 text-xs text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-expanded:bg-sunken disabled:cursor-not-allowed disabled:opacity-50 pointer-coarse:h-10 [&_svg]:size-4";

/** What helps to write a reply; each opens on use, and its code comes then. */
export const ComposerTools = ({ contactName, conversationId, isEmpty }: ComposerToolsProps) => {
  const Snippets = useMemo(
    () => (popup: PopupProps) => <SnippetMenu {...popup} conversationId={conversationId} contactName={contactName} />,
    [conversationId, contactName],
  );
  const Rewrite = useMemo(() => (popup: PopupProps) => <RewriteMenu {...popup} conversationId={conversationId} />, [conversationId]);
  return (
    <div className="-ml-2 flex items-center gap-1">
      <PopupButton popup={Snippets} opens="menu" data-snippets="" data-tip="Or / in an empty reply" className={toolStyles}>
        <TextQuote aria-hidden="true" />
        Saved replies
      </PopupButton>
      <PopupButton popup={Rewrite} opens="dialog" disabled={isEmpty} data-tip="Spotter puts it in other words" className={toolStyles}>
        <WandSparkles aria-hidden="true" />
        Rewrite
      </PopupButton>
    </div>
  );
};

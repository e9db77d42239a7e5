"use client";

import { ChevronDown, TextQuote, WandSparkles } from "lucide-react";
import { lazy, useMemo } from "react";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import { AttachButton } from "#components/thread/attach-button.tsx";
import { toolStyles } from "#components/thread/tool-styles.ts";
import { PopupButton, type PopupProps } from "#components/ui/popup-button.tsx";
import type { FileOffer } from "#server/domain/file-kinds.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";

const SnippetMenu = lazy(async () => ({ default: (await import("#components/thread/snippet-menu.tsx")).SnippetMenu }));
const RewriteMenu = lazy(async () => ({ default: (await import("#components/thread/rewrite-menu.tsx")).RewriteMenu }));

const ChannelMenu = lazy(async () => ({ default: (await import("#components/thread/channel-menu.tsx")).ChannelMenu }));

type ComposerToolsProps = {
  readonly conversationId: Id<"conversation">;
  readonly contactName: string;
  readonly isEmpty: boolean;
  readonly channel: ChannelKind;
  readonly channels: readonly ChannelKind[];
  readonly files: FileOffer;
  readonly onFiles: (chosen: readonly File[]) => void;
};

/** What helps to write a reply; each opens on use, and its code comes then. */
export const ComposerTools = ({ channel, channels, contactName, conversationId, files, isEmpty, onFiles }: ComposerToolsProps) => {
  const Snippets = useMemo(
    () => (popup: PopupProps) => <SnippetMenu {...popup} conversationId={conversationId} contactName={contactName} />,
    [conversationId, contactName],
  );
  const Rewrite = useMemo(() => (popup: PopupProps) => <RewriteMenu {...popup} conversationId={conversationId} />, [conversationId]);
  const Channels = useMemo(
    () => (popup: PopupProps) => <ChannelMenu {...popup} conversationId={conversationId} current={channel} channels={channels} />,
    [conversationId, channel, channels],
  );
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
      <AttachButton offer={files} onFiles={onFiles} />
      {channels.length < 2 ? null : (
        <PopupButton
          popup={Channels}
          opens="menu"
          aria-label={`Channel: ${CHANNEL_LABELS[channel]}`}
          data-tip="Write over another channel"
          className={toolStyles}
        >
          <ChannelIcon kind={channel} />
          {CHANNEL_LABELS[channel]}
          <ChevronDown aria-hidden="true" />
        </PopupButton>
      )}
    </div>
  );
};

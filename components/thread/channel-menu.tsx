"use client";

import { useMutation } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useQueryStates } from "nuqs";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { inboxParams } from "#components/inbox/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { moveReplyFiles } from "#components/thread/reply-files.ts";
import { moveReply } from "#components/thread/use-reply-draft.ts";
import { Menu, MenuGroup, MenuItem } from "#components/ui/menu.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";

type ChannelMenuProps = PopupProps & {
  readonly conversationId: Id<"conversation">;
  readonly current: ChannelKind;
  readonly channels: readonly ChannelKind[];
};

/** Goes on with the same person elsewhere; what is written so far comes along. */
export const ChannelMenu = ({ channels, conversationId, current, ...popup }: ChannelMenuProps) => {
  const { id: clubId } = useClub();
  const { conversations } = useTRPCClient();
  const [, setParams] = useQueryStates(inboxParams);
  const { mutate } = useMutation({
    mutationFn: (kind: ChannelKind) => conversations.switchChannel.mutate({ clubId, conversationId, kind }),
    onSuccess: (to) => {
      moveReply(conversationId, to.conversationId);
      moveReplyFiles(conversationId, to.conversationId);
      void setParams({ conversation: to.conversationId }, { history: "push" });
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
  return (
    <Menu {...popup} label="Channel">
      <MenuGroup label="Write by">
        {channels.map((kind) => (
          <MenuItem key={kind} icon={<ChannelIcon kind={kind} />} onClick={() => (kind === current ? undefined : mutate(kind))}>
            <span className="flex-1">{CHANNEL_LABELS[kind]}</span>
            {kind === current ? <Check aria-label="this one" /> : null}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
};

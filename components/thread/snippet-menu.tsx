"use client";

import { useQuery } from "@tanstack/react-query";
import { Settings2, TextQuote } from "lucide-react";
import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { addToReply } from "#components/thread/use-reply-draft.ts";
import { SnippetDialog } from "#components/thread/snippet-dialog.tsx";
import { Menu, MenuGroup, MenuItem, MenuNote, MenuSeparator } from "#components/ui/menu.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import type { Id } from "#server/domain/ids.ts";
import { fillSnippet, greetingName } from "#server/domain/snippets.ts";

type SnippetMenuProps = PopupProps & { readonly conversationId: Id<"conversation">; readonly contactName: string };

/** The club's saved replies: a letter goes to the next one that begins with it, Enter puts it into the reply. */
export const SnippetMenu = ({ contactName, conversationId, ...popup }: SnippetMenuProps) => {
  const { id: clubId, name: club } = useClub();
  const trpc = useTRPC();
  const mayManage = useMay("snippet.write");
  const snippets = useQuery(trpc.snippets.list.queryOptions({ clubId }));
  const me = useQuery(trpc.team.get.queryOptions({ clubId })).data?.people.find(({ isYou }) => isYou);
  const [isManaging, setIsManaging] = useState(false);
  const values = { first_name: greetingName(contactName), club, my_name: greetingName(me?.name ?? club) };
  return (
    <>
      <Menu {...popup} label="Saved replies">
        <MenuGroup label="Saved replies">
          {snippets.isPending ? <MenuNote>Loading</MenuNote> : null}
          {snippets.isError ? <MenuNote isBad>{describeFailure(snippets.error).title}</MenuNote> : null}
          {snippets.data?.length === 0 ? (
            <MenuNote>None yet. {mayManage ? "Save what you answer again and again." : "A manager can save some."}</MenuNote>
          ) : null}
          {snippets.data?.map(({ id, name, text }) => (
            <MenuItem key={id} icon={<TextQuote />} onClick={() => addToReply(conversationId, fillSnippet(text, values))}>
              <span className="max-w-72 min-w-0">
                <span className="block truncate">{name}</span>
                <span className="block truncate text-xs text-ink-3">{text}</span>
              </span>
            </MenuItem>
          ))}
        </MenuGroup>
        {mayManage ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Settings2 />} onClick={() => setIsManaging(true)}>
              Manage saved replies
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {isManaging ? <SnippetDialog snippets={snippets.data ?? []} onClose={() => setIsManaging(false)} /> : null}
    </>
  );
};

"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { currentCommands } from "#components/lib/use-hotkeys.ts";
import { conversationEntries, memberEntries, pageEntries, type Entry, type EntryGroup } from "#components/shell/palette-entries.ts";
import { usePages } from "#components/shell/use-pages.ts";
import { backdropStyles } from "#components/ui/dialog.tsx";
import { popupStyles } from "#components/ui/popup-surface.ts";

/** From so many letters on the server is asked for conversations and people. */
const MIN_LETTERS = 2;

type PaletteProps = {
  /** What the screen behind can do. */
  readonly commands: ReturnType<typeof currentCommands>;
  readonly onClose: () => void;
};

/** Pages, conversations, members and what can be done here, by a few letters. */
export const Palette = ({ commands, onClose }: PaletteProps) => {
  const [text, setText] = useState("");
  const { groups, isLoading } = useGroups(useDeferredValue(text.trim()), { commands, onClose });
  return (
    <BaseDialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyles} />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center p-3 md:pt-[12vh]">
          <BaseDialog.Popup className={cn(popupStyles, "flex max-h-full w-144 max-w-full flex-col overflow-hidden md:max-h-[70vh]")}>
            <BaseDialog.Title className="sr-only">Find and do</BaseDialog.Title>
            <Autocomplete.Root
              inline
              open
              mode="none"
              autoHighlight="always"
              items={groups}
              value={text}
              onValueChange={(next, { reason }) => {
                if (reason !== "item-press") {
                  setText(next);
                }
              }}
              itemToStringValue={(entry: Entry) => entry.label}
            >
              <div className="flex items-center gap-2.5 border-b border-line px-4">
                <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
                <Autocomplete.Input
                  aria-label="Find and do"
                  placeholder="A page, a name, some words, or what to do"
                  className="h-12 w-full bg-transparent text-lg outline-none placeholder:text-ink-3"
                />
              </div>
              <Autocomplete.Status className={isLoading || groups.length === 0 ? "px-4 py-3 text-sm text-ink-3" : "sr-only"}>
                {isLoading ? "Looking" : groups.length === 0 ? "Nothing found" : ""}
              </Autocomplete.Status>
              <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 empty:hidden">
                {(group: EntryGroup) => <PaletteGroup key={group.label} group={group} />}
              </Autocomplete.List>
            </Autocomplete.Root>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
};

const useGroups = (search: string, { commands, onClose }: PaletteProps) => {
  const { slug } = useClub();
  const pages = usePages();
  const router = useRouter();
  const found = useFound(search);
  const act = (run: () => void) => () => {
    onClose();
    // The dialog gives the focus back first; what runs then may move it on.
    requestAnimationFrame(run);
  };
  const go = (href: Route) => act(() => router.push(href));
  const isMeant = ({ label }: Entry): boolean => label.toLowerCase().includes(search.toLowerCase());
  const here = commands.map(({ key, label, run }): Entry => ({ id: `do ${label}`, label, key, run: act(run) }));
  const groups: readonly EntryGroup[] = [
    { label: "Here", items: here.filter(isMeant) },
    { label: "Go to", items: pageEntries(slug, pages, go).filter(isMeant) },
    { label: "Conversations", items: conversationEntries(slug, found.conversations, go) },
    { label: "Members", items: memberEntries(slug, found.members, go) },
  ].filter(({ items }) => items.length > 0);
  return { groups, isLoading: found.isLoading };
};

const PaletteGroup = ({ group }: { readonly group: EntryGroup }) => (
  <Autocomplete.Group items={group.items}>
    <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs text-ink-3">{group.label}</Autocomplete.GroupLabel>
    <Autocomplete.Collection>
      {(entry: Entry) => (
        <Autocomplete.Item
          key={entry.id}
          value={entry}
          onClick={entry.run}
          className="flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1 text-base outline-none select-none data-highlighted:bg-sunken pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-2"
        >
          {entry.icon === undefined ? null : <entry.icon aria-hidden="true" />}
          <span className="truncate">{entry.label}</span>
          {entry.detail === undefined ? null : <span className="min-w-0 flex-1 truncate text-sm text-ink-3">{entry.detail}</span>}
          {entry.key === undefined ? null : (
            <kbd className="ml-auto rounded-control border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs text-ink-2">
              {entry.key}
            </kbd>
          )}
        </Autocomplete.Item>
      )}
    </Autocomplete.Collection>
  </Autocomplete.Group>
);

const useFound = (search: string) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const enabled = search.length >= MIN_LETTERS;
  const conversations = useQuery(trpc.conversations.list.queryOptions({ clubId, view: "history", search }, { enabled }));
  const members = useQuery(trpc.members.list.queryOptions({ clubId, segment: "members", search }, { enabled }));
  return {
    conversations: enabled ? (conversations.data?.items ?? []) : [],
    members: enabled ? (members.data?.items ?? []) : [],
    isLoading: enabled && (conversations.isLoading || members.isLoading),
  };
};

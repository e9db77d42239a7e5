"use client";

import { MessagesSquare } from "lucide-react";
import { useQueryStates } from "nuqs";

import { ConversationList } from "#components/inbox/conversation-list.tsx";
import { inboxParams } from "#components/inbox/search-params.ts";
import { ContactPanel } from "#components/panel/contact-panel.tsx";
import { ThreadPane } from "#components/thread/thread-pane.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/**
 * List, thread and contact side by side; on a phone one after the other, in that order, each with a way back.
 * Which of them shows is decided by the address and the style sheet alone, so the server's first paint is right.
 */
export const InboxScreen = () => {
  const [{ conversation, panel }, setParams] = useQueryStates(inboxParams);
  if (conversation === null) {
    return (
      <div className="flex h-full" data-screen="list">
        <h1 className="sr-only">Inbox</h1>
        <ConversationList className="" />
        <div className="min-w-0 flex-1 max-md:hidden">
          <EmptyState icon={<MessagesSquare />} title="Choose a conversation">
            Press <Key>j</Key> and <Key>k</Key> to move through the list, <Key>Enter</Key> to open, <Key>?</Key> for all keys.
          </EmptyState>
        </div>
      </div>
    );
  }
  return (
    <div className="relative flex h-full" data-screen="thread">
      <h1 className="sr-only">Inbox</h1>
      <ConversationList className="max-md:hidden" />
      <ThreadPane
        key={conversation}
        conversationId={conversation}
        onBack={() => void setParams({ conversation: null, panel: null }, { history: "push" })}
        onOpenPanel={() => void setParams({ panel: "open" }, { history: "push" })}
      />
      <ContactPanel
        key={`panel ${conversation}`}
        conversationId={conversation}
        visibility={panel ?? "by-width"}
        onClose={() => void setParams({ panel: "closed" })}
      />
    </div>
  );
};

const Key = ({ children }: { readonly children: string }) => (
  <kbd className="rounded-control border border-line bg-sunken px-1 font-sans text-xs">{children}</kbd>
);

"use client";

import { Sheet } from "#components/ui/sheet.tsx";

type ShortcutSheetProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

const GROUPS = [
  {
    title: "List",
    keys: [
      ["j", "Next conversation"],
      ["k", "Previous conversation"],
      ["Enter", "Open it"],
      ["/", "Search"],
      ["f", "Filters"],
    ],
  },
  {
    title: "Conversation",
    keys: [
      ["r", "Reply"],
      ["t", "Take over"],
      ["h", "Hand back to Spotter"],
      ["a", "Assign to somebody"],
      ["s", "Snooze"],
      ["e", "Resolve"],
      ["z", "Undo a reply within five seconds"],
      ["Esc", "Leave the reply"],
    ],
  },
  {
    title: "Draft of Spotter",
    keys: [
      ["y", "Go to Approve and send; Enter sends"],
      ["d", "Edit the draft"],
    ],
  },
  {
    title: "Reply",
    keys: [
      ["Enter", "Send"],
      ["Shift Enter", "New line"],
      ["/", "Saved replies, in an empty reply"],
    ],
  },
  {
    title: "Everywhere",
    keys: [
      ["⌘K or Ctrl K", "Find and do"],
      ["?", "This sheet"],
    ],
  },
] as const;

export const ShortcutSheet = ({ isOpen, onOpenChange }: ShortcutSheetProps) => (
  <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts">
    <div className="flex flex-col gap-5">
      {GROUPS.map(({ title, keys }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1 text-xs text-ink-3">{title}</h3>
          <dl>
            {keys.map(([key, action]) => (
              <div key={key} className="flex items-center justify-between border-b border-line py-2 text-sm last:border-b-0">
                <dd>{action}</dd>
                <dt className="order-last">
                  <kbd className="rounded-control border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs">{key}</kbd>
                </dt>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Sheet>
);

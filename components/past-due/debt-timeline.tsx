import { BadgeDollarSign, Bell, CirclePause, DoorClosed, FileText, Handshake, Phone } from "lucide-react";

import type { DebtStory } from "#components/past-due/debt-words.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";

const ICONS = {
  reminder: <Bell />,
  call: <Phone />,
  promise: <Handshake />,
  hold: <CirclePause />,
  payment: <BadgeDollarSign />,
  door: <DoorClosed />,
  referral: <FileText />,
} as const satisfies Record<DebtStory["timeline"][number]["kind"], unknown>;

/** All that happened around a debt, the newest first; the very words of a text open with a press. */
export const DebtTimeline = ({ lines }: { readonly lines: DebtStory["timeline"] }) =>
  lines.length === 0 ? (
    <p className="text-sm text-ink-3">Nothing yet: no reminder, no call, no payment.</p>
  ) : (
    <ol className="flex flex-col">
      {lines.map((line) => (
        <li key={`${line.at.getTime()} ${line.text}`} className="flex gap-2.5 border-l border-line py-1.5 pl-3 text-sm">
          <span aria-hidden="true" className={`mt-0.5 shrink-0 [&_svg]:size-4 ${line.isFault ? "text-bad-ink" : "text-ink-3"}`}>
            {ICONS[line.kind]}
          </span>
          <div className="min-w-0 flex-1">
            <p className={line.isFault ? "text-bad-ink" : undefined}>{line.text}</p>
            {line.detail === null ? null : line.kind === "reminder" || line.kind === "door" ? (
              <details>
                <summary className="inline-flex min-h-6 cursor-pointer items-center text-xs text-ink-2 underline underline-offset-2">
                  The text
                </summary>
                <p className="mt-1 rounded-card bg-spotter-tint px-3 py-2 whitespace-pre-line text-spotter-ink">{line.detail}</p>
              </details>
            ) : (
              <p className="text-xs text-ink-2">{line.detail}</p>
            )}
            <p className="text-xs text-ink-3 tabular-nums">
              <RelativeTime at={line.at} />
              {line.by === null ? "" : `, ${line.by}`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );

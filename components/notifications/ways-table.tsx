"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { WAY_LABELS } from "#components/lib/labels.ts";
import { clubPath } from "#components/lib/paths.ts";
import type { NotificationsDraft, NotificationsView } from "#components/notifications/notifications-form.tsx";
import { NOTIFICATION_KINDS, NOTIFICATION_WAYS, NOTIFICATION_WORDS, type NotificationKind } from "#server/domain/notification-words.ts";
import { isAtLeast } from "#server/domain/permissions.ts";

type WaysTableProps = { readonly form: UseFormReturn<NotificationsDraft>; readonly view: NotificationsView };

/** One row a kind of news, one box a way: a table where there is room, on a phone a list with the boxes under each. */
export const WaysTable = ({ form, view }: WaysTableProps) => {
  const { role } = useClub();
  const kinds = NOTIFICATION_KINDS.filter((kind) => isAtLeast(role, NOTIFICATION_WORDS[kind].leastRole));
  return (
    <>
      <table className="w-full text-sm max-md:block">
        <thead className="border-b border-line text-xs text-ink-2 max-md:sr-only">
          <tr>
            <th scope="col" className="px-4 py-2 text-left font-semibold">
              News
            </th>
            {NOTIFICATION_WAYS.map((way) => (
              <th key={way} scope="col" className="w-24 px-2 py-2 text-center font-semibold">
                {WAY_LABELS[way]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-md:block">
          {kinds.map((kind) => (
            <KindRow key={kind} kind={kind} form={form} />
          ))}
        </tbody>
      </table>
      <Closed view={view} form={form} />
    </>
  );
};

const KindRow = ({ form, kind }: { readonly kind: NotificationKind; readonly form: UseFormReturn<NotificationsDraft> }) => {
  const { about, label } = NOTIFICATION_WORDS[kind];
  return (
    <tr className="max-md:flex max-md:flex-wrap max-md:gap-x-2.5 max-md:gap-y-2 max-md:px-4 max-md:py-3">
      <th scope="row" className="px-4 py-3 text-left font-normal max-md:w-full max-md:p-0">
        <span className="block font-semibold">{label}</span>
        <span className="block text-xs text-pretty text-ink-3">{about}</span>
      </th>
      {NOTIFICATION_WAYS.map((way) => (
        <td key={way} className="px-2 py-3 text-center max-md:p-0">
          <label className="inline-flex min-h-6 items-center gap-1.5 text-xs text-ink-2">
            <input
              type="checkbox"
              value={way}
              defaultChecked={form.formState.defaultValues?.ways?.[kind]?.includes(way) ?? false}
              {...form.register(`ways.${kind}`)}
              aria-label={`${label}: ${WAY_LABELS[way]}`}
              className="size-4 accent-(--solid) pointer-coarse:size-6"
            />
            <span aria-hidden="true" className="md:hidden">
              {WAY_LABELS[way]}
            </span>
          </label>
        </td>
      ))}
    </tr>
  );
};

/** Which of the ways lead nowhere, and what opens them. */
const Closed = ({ form, view: { devices, email, open } }: WaysTableProps) => {
  const hasPhone = form.watch("phone").trim() !== "";
  const { slug } = useClub();
  const connections = clubPath(slug, "connections");
  return (
    <ul className="flex flex-col gap-1 border-t border-line bg-sunken px-4 py-3 text-xs text-ink-2">
      <Line label="Push">
        {open.pushKey === null
          ? "Not open: this installation has no key for it."
          : devices.length === 0
            ? "Not open: no device tells you yet, see below."
            : "Shows up on the devices that you let tell you."}
      </Line>
      <Line label="Text">
        {open.sms === null ? (
          <Missing href={connections}>No line of this club can send a text.</Missing>
        ) : open.isPhoneKnown ? (
          "Not open: a member of the club has the number you saved, or writes from it. Give another one below."
        ) : hasPhone ? (
          `Goes out over ${open.sms}.`
        ) : (
          "Not open: give your mobile number below."
        )}
      </Line>
      <Line label="E-mail">
        {open.email === null ? (
          <Missing href={connections}>No mailbox of this club is connected.</Missing>
        ) : (
          `Goes to ${email}, from ${open.email}.`
        )}
      </Line>
      <Line label="Slack">
        {open.slack === null ? (
          <Missing href={connections}>No team channel is connected.</Missing>
        ) : open.isSlackLinked ? (
          `A direct message, by ${open.slack}.`
        ) : (
          `Not open: an owner says who you are in Slack, on the page of ${open.slack}.`
        )}
      </Line>
    </ul>
  );
};

const Line = ({ children, label }: { readonly label: string; readonly children: ReactNode }) => (
  <li>
    <span className="font-semibold">{label}.</span> {children}
  </li>
);

const Missing = ({ children, href }: { readonly href: ReturnType<typeof clubPath>; readonly children: ReactNode }) => (
  <>
    Not open: {children}{" "}
    <Link href={href} className="underline underline-offset-2">
      Connections
    </Link>
  </>
);

import { MessagesSquare, UserRound } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { Route } from "next";

import { previewWords } from "#components/inbox/preview-words.ts";
import { clubPath, conversationPath, personPath, type ClubPage } from "#components/lib/paths.ts";
import { PAGES } from "#components/shell/pages.ts";
import type { ConversationRow } from "#server/domain/inbox-view.ts";
import type { PersonRow } from "#server/domain/people-view.ts";

export type Entry = {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon?: LucideIcon;
  /** The key that does the same without the palette. */
  readonly key?: string;
  readonly run: () => void;
};

export type EntryGroup = { readonly label: string; readonly items: readonly Entry[] };

/** So many of each kind: whoever looks for more has the page's own search. */
const MOST = 6;

type Go = (href: Route) => () => void;

export const pageEntries = (slug: string, pages: readonly ClubPage[], go: Go): readonly Entry[] =>
  pages.map((page) => ({ id: `go ${page}`, ...PAGES[page], run: go(clubPath(slug, page)) }));

export const conversationEntries = (slug: string, rows: readonly ConversationRow[], go: Go): readonly Entry[] =>
  rows.slice(0, MOST).map((row) => ({
    id: row.id,
    label: row.contactName,
    detail: row.found ?? previewWords(row),
    icon: MessagesSquare,
    run: go(conversationPath(slug, row.id)),
  }));

export const memberEntries = (slug: string, people: readonly PersonRow[], go: Go): readonly Entry[] =>
  people.slice(0, MOST).map(({ contactId, id, membershipType, name }) => ({
    id,
    label: name,
    ...(membershipType === null ? {} : { detail: membershipType }),
    icon: UserRound,
    run: go(personPath(slug, contactId)),
  }));

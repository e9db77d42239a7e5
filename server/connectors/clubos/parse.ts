import { load } from "cheerio/slim";
import type { CheerioAPI } from "cheerio/slim";

import { parseJson } from "../_shared/failure.ts";
import { ConnectorError } from "../errors.ts";
import { FollowUpForm, Suggestion } from "./schemas.ts";

/** Reads pages of the staff site. Whatever looks different from what is known ends in `malformed`: never in "nothing new". */

export type ListedItem = { readonly name: string; readonly text: string; readonly label: string };

export type LogEntry = {
  readonly medium: "text" | "email";
  /** As written: a time in the club's zone. */
  readonly when: string;
  readonly author: string;
  readonly text: string;
};

export type FollowUpPopup = {
  /** Every field of the form as the site filled it in, token pair included. */
  readonly fields: Readonly<Record<string, string>>;
  readonly personId: string;
  readonly fullName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly mobilePhone: string;
  /** The site offers no tab for a way of writing that the person has opted out of. */
  readonly hasTextTab: boolean;
  readonly hasEmailTab: boolean;
  /** Newest first, as shown. Calls and notes are left out. */
  readonly entries: readonly LogEntry[];
};

export type FoundPerson = { readonly id: string; readonly name: string };

/** Newest first, as shown. */
export const parseMessageList = (html: string): ListedItem[] => {
  const body = html.trim();
  assertWhole(body);
  const $ = open(body);
  const items = $("li").toArray();
  if (items.length === 0 && $.root().text().trim() !== "") {
    throw changed("a message list without messages");
  }
  return items.map((element) => {
    const item = $(element);
    return {
      name: onlyText($, item.find(".message a.username-content").toArray(), "a message without its name"),
      text: onlyText($, item.find(".message > p").toArray(), "a message without its text"),
      label: onlyText($, item.find(".message-options span").toArray(), "a message without its time"),
    };
  });
};

export const parsePopup = (html: string): FollowUpPopup => {
  const $ = open(html);
  if ($("#follow-up-tabs").length !== 1 || $("#follow-up-log").length !== 1) {
    throw changed("the follow-up popup");
  }
  const form = $("form").filter((_, element) => ($(element).attr("action") ?? "").startsWith("/action/FollowUp/save"));
  const fields = fieldsOf($, form.toArray());
  const parsed = FollowUpForm.safeParse(fields);
  if (form.length !== 1 || !parsed.success) {
    throw changed("the follow-up form", parsed.error);
  }
  const known = parsed.data;
  return {
    fields,
    personId: known["followUpUser.tfoUserId"],
    fullName: `${known["followUpUser.firstName"]} ${known["followUpUser.lastName"]}`.trim(),
    firstName: known["followUpUser.firstName"],
    lastName: known["followUpUser.lastName"],
    email: known["followUpUser.email"],
    mobilePhone: known["followUpUser.mobilePhone"],
    hasTextTab: $('#follow-up-tabs .follow-up-tab[data-action="3"]').length > 0,
    hasEmailTab: $('#follow-up-tabs .follow-up-tab[data-action="2"]').length > 0,
    entries: entriesOf($),
  };
};

/** The token pair that the site puts into each form it renders. */
export const parseTokens = (html: string, formSelector: string): { _sourcePage: string; __fp: string } => {
  const $ = open(html);
  const sourcePage = $(`${formSelector} input[name="_sourcePage"]`).first().attr("value");
  const fingerprint = $(`${formSelector} input[name="__fp"]`).first().attr("value");
  if (sourcePage === undefined || fingerprint === undefined) {
    throw changed("a form without its token pair");
  }
  return { _sourcePage: sourcePage, __fp: fingerprint };
};

export const parseSuggestions = (html: string): FoundPerson[] => {
  const $ = open(html);
  const rows = $("li.person").toArray();
  assertList({ html, rowCount: rows.length, what: "the list of suggested names" });
  return rows.map((row) => {
    const parsed = Suggestion.safeParse(parseJson($(row).find("input.data").attr("value") ?? ""));
    if (!parsed.success) {
      throw changed("a suggested name", parsed.error);
    }
    return parsed.data;
  });
};

export const parseSearchResults = (html: string): FoundPerson[] => {
  const $ = open(html);
  const rows = $("div.search-result").toArray();
  assertList({ html, rowCount: rows.length, what: "the search result" });
  return rows.map((row) => {
    const [id, name] = [$(row).attr("data-id"), $(row).attr("data-full-name")];
    if (id === undefined || name === undefined) {
      throw changed("a row of the search result");
    }
    return { id, name };
  });
};

/** Whose training the club manages. */
export const parseAssignees = (html: string): FoundPerson[] => {
  const $ = open(html);
  const rows = $("li.client.assignee").toArray();
  assertList({ html, rowCount: rows.length, what: "the list of training clients" });
  return rows.map((row) => {
    const link = $(row).find(".name-email a").first();
    const id = /\bdelegate\((\d+),/.exec(link.attr("onclick") ?? "")?.[1];
    const name = link.text().trim();
    if (id === undefined || name === "") {
      throw changed("a training client");
    }
    return { id, name };
  });
};

const open = (html: string): CheerioAPI => load(html);

export const changed = (what: string, cause?: unknown): ConnectorError =>
  new ConnectorError("malformed", `ClubOS shows something unknown: ${what}`, { cause });

/** A body cut off on its way ends without closing what it began with. */
const assertWhole = (body: string): void => {
  const first = /^<([a-z]+)[\s>]/i.exec(body)?.[1];
  if (first === undefined || !body.toLowerCase().endsWith(`</${first.toLowerCase()}>`)) {
    throw changed("a message list that is not whole");
  }
};

/** Nobody found is an empty list; a page full of something else is not. */
const assertList = (input: { readonly html: string; readonly rowCount: number; readonly what: string }): void => {
  if (input.rowCount === 0 && open(input.html).root().text().trim() !== "") {
    throw changed(input.what);
  }
};

type Element = Parameters<CheerioAPI>[0];

const onlyText = ($: CheerioAPI, elements: readonly NonNullable<Element>[], what: string): string => {
  const [element] = elements;
  if (element === undefined || elements.length !== 1) {
    throw changed(what);
  }
  return textOf($, element);
};

const textOf = ($: CheerioAPI, element: NonNullable<Element>): string => {
  const node = $(element);
  node.find("br").replaceWith("\n");
  return node.text().trim();
};

const entriesOf = ($: CheerioAPI): LogEntry[] =>
  $("#follow-up-log .followup-entry")
    .toArray()
    .flatMap((element) => {
      const entry = $(element);
      const medium = mediumOf(entry.find("img").attr("src") ?? "");
      if (medium === null) {
        return [];
      }
      const date = onlyText($, entry.find(".followup-entry-date").toArray(), "a line of the follow-up log");
      const by = date.lastIndexOf(" by ");
      if (by < 0) {
        throw changed("the date of a follow-up");
      }
      const text = onlyText($, entry.find(".followup-entry-note").toArray(), "a line of the follow-up log");
      return [{ medium, when: date.slice(0, by).trim(), author: date.slice(by + " by ".length).trim(), text }];
    });

const mediumOf = (icon: string): LogEntry["medium"] | null => {
  if (icon.includes("icon_text.png")) {
    return "text";
  }
  return icon.includes("icon_email.png") ? "email" : null;
};

/** What a browser would post: unchecked boxes and buttons stay out, a choice without a choice is its first option. */
const fieldsOf = ($: CheerioAPI, forms: readonly NonNullable<Element>[]): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const form of forms) {
    for (const element of $(form).find("input, select, textarea").toArray()) {
      const control = $(element);
      const name = control.attr("name");
      const type = control.attr("type") ?? "";
      const isOff = /^(checkbox|radio)$/.test(type) && control.attr("checked") === undefined;
      if (name === undefined || isOff || /^(submit|button|image|reset|file)$/.test(type)) {
        continue;
      }
      if (control.is("select")) {
        const chosen = control.find("option[selected]");
        fields[name] = (chosen.length > 0 ? chosen : control.find("option")).first().attr("value") ?? "";
      } else {
        fields[name] = control.is("textarea") ? control.text() : (control.attr("value") ?? "");
      }
    }
  }
  return fields;
};

import type { Person, StoredMessage } from "./club-store.ts";
import { fullName } from "./club-store.ts";
import { listLabel, logLabel } from "./labels.ts";
import type { TokenPair } from "./site-sessions.ts";

export const SESSION_EXPIRED = "Session Expired";
export const NOT_RIGHT = "<br />Something isn't right.  Please refresh the page and try your request again.<br />";

/** The real one is about 65 KB of navigation and scripts. */
export const NOT_FOUND_PAGE = `<!DOCTYPE html><html><head><title>Page Not Found</title></head><body>${'<div class="nav-filler"></div>'.repeat(2_000)}</body></html>`;

export const BOT_WALL_PAGE = "<!DOCTYPE html><html><head><title>Request unsuccessful</title></head><body>Incident ID: 0-0</body></html>";

export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");

const tokenInputs = (pair: TokenPair): string =>
  `<input type="hidden" name="_sourcePage" value="${escapeHtml(pair.sourcePage)}" /><input type="hidden" name="__fp" value="${escapeHtml(pair.fingerprint)}" />`;

export const loginPage = (input: { readonly pair: TokenPair; readonly notice: string }): string => `<!DOCTYPE html>
<html><head><title>Club OS - Login</title></head><body>
<form id="loginForm" action="/action/Login" method="post">
<div class="notice">${escapeHtml(input.notice)}</div>
<input type="text" name="username" /><input type="password" name="password" />
<input type="submit" name="login" value="Submit" />${tokenInputs(input.pair)}
</form></body></html>`;

export const LOCKED_PAGE =
  "<!DOCTYPE html><html><head><title>Club OS - Login</title></head><body><h1>Your account has been locked</h1><p>Please complete the challenge to continue.</p></body></html>";

export const dashboardPage = (input: {
  readonly pair: TokenPair;
  readonly clubId: string;
  readonly clubLocationId: string;
  readonly clubName: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly messageCount: number;
}): string => `<!DOCTYPE html>
<html><head><title>Club OS - Dashboard</title><script>var clubId = ${input.clubId}; var clubLocationId = ${input.clubLocationId};</script></head><body>
<form id="quickSearchForm" action="/action/UserSearch/" method="post"><input type="text" name="filter.keyword" /><input type="hidden" name="actAs" value="loggedIn" />${tokenInputs(input.pair)}</form>
<select id="messages-owner-select"><optgroup label="Club Messages"><option value="${input.clubLocationId}">${escapeHtml(input.clubName)}</option></optgroup>
<optgroup label="Employee Messages"><option value="${input.ownerId}" selected="selected">${escapeHtml(input.ownerName)}</option></optgroup></select>
<span id="message-count">${input.messageCount}</span><ul id="message-list"></ul>
<select id="follow-up-owner-select"></select><select id="follow-up-status-select"></select><ul id="followup-list"></ul>
</body></html>`;

type ListInput = {
  /** Oldest first, as stored; the page shows the newest first. */
  readonly messages: readonly StoredMessage[];
  readonly nameOf: (personId: string) => string;
  readonly timeZone: string;
  readonly now: Date;
};

export const messageList = (input: ListInput): string => {
  const items = input.messages.toReversed().map((message) => {
    const label = listLabel({ at: message.sentAt, timeZone: input.timeZone }, input.now);
    return `<li>\n  <div class="message"><h3><a class="username-content">${escapeHtml(input.nameOf(message.personId))}</a></h3><p>${withBreaks(message.text)}</p></div>\n  <div class="message-options"><span>${label}</span></div>\n</li>`;
  });
  return `<ul class="message-list">\n${items.join("\n")}\n</ul>`;
};

const withBreaks = (text: string): string => escapeHtml(text).replaceAll("\n", "<br />");

type PopupInput = {
  readonly person: Person;
  readonly clubId: string;
  readonly clubLocationId: string;
  /** Oldest first; the log shows the newest first. */
  readonly messages: readonly StoredMessage[];
  readonly timeZone: string;
  readonly pair: TokenPair;
};

/** The form to write to a person together with the log of everything written: one popup holds both. */
export const followUpPopup = (input: PopupInput): string => {
  const { person } = input;
  const hidden = (name: string, value: string): string => `<input type="hidden" name="${name}" value="${escapeHtml(value)}" />`;
  const tabs = [
    person.isOptedOut || person.profile.mobilePhone === "" ? "" : '<li><a href="#" class="follow-up-tab" data-action="3">Text</a></li>',
    person.profile.email === "" ? "" : '<li><a href="#" class="follow-up-tab" data-action="2">Email</a></li>',
    '<li><a href="#" class="follow-up-tab" data-action="1">Call</a></li>',
  ].join("");
  return `<div class="popup" id="follow-up-popup">
<h2>${escapeHtml(fullName(person))}</h2>
<ul id="follow-up-tabs">${tabs}</ul>
<form id="followUpForm" action="/action/FollowUp/save" method="post">
${hidden("followUpStatus", "1")}${hidden("followUpType", "3")}${hidden("followUpSequence", "")}
<select name="memberSalesFollowUpStatus"><option value="2">Contacted</option><option value="6" selected="selected">Active</option><option value="7">Not interested</option></select>
${hidden("followUpLog.id", "")}${hidden("followUpLog.tfoUserId", person.world.clubOsId)}${hidden("followUpLog.followUpAction", "1")}${hidden("followUpLog.outcome", "")}
<textarea name="textMessage"></textarea><input type="text" name="emailSubject" value="" /><textarea name="emailMessage"></textarea><textarea name="followUpOutcomeNotes"></textarea>
${hidden("event.createdFor.tfoUserId", person.world.clubOsId)}${hidden("event.eventType", "FOLLOWUP")}${hidden("duration", "2")}${hidden("event.remindAttendeesMins", "120")}
${hidden("followUpUser.tfoUserId", person.world.clubOsId)}${hidden("followUpUser.role.id", "7")}${hidden("followUpUser.clubId", input.clubId)}${hidden("followUpUser.clubLocationId", input.clubLocationId)}
${Object.entries(person.profile)
  .map(([name, value]) => `<input type="text" name="followUpUser.${name}" value="${escapeHtml(value)}" />`)
  .join("")}
${hidden("memberStudioSalesDefaultAccount", "")}${hidden("memberStudioSupportDefaultAccount", "")}${hidden("ptSalesDefaultAccount", "")}${hidden("ptSupportDefaultAccount", "")}
<input type="checkbox" name="markAsDone" value="true" />
${tokenInputs(input.pair)}
</form>
<div id="follow-up-log">
${input.messages
  .toReversed()
  .map((message) =>
    logEntry(message, { timeZone: input.timeZone, author: message.direction === "inbound" ? fullName(person) : message.author }),
  )
  .join("\n")}
</div>
</div>`;
};

const logEntry = (message: StoredMessage, { timeZone, author }: { readonly timeZone: string; readonly author: string }): string =>
  `<div class="followup-entry"><img src="/images/icon_${message.medium}.png" alt="" /><div class="followup-entry-date">${logLabel({ at: message.sentAt, timeZone })} by ${escapeHtml(author)}</div><div class="followup-entry-note">${withBreaks(message.text)}</div></div>`;

export const searchResults = (people: readonly Person[]): string =>
  `<div id="search-results">${people
    .map(
      (person) => `<div class="search-result" data-id="${person.world.clubOsId}" data-full-name="${escapeHtml(fullName(person))}"></div>`,
    )
    .join("\n")}</div>`;

export const suggestions = (people: readonly Person[]): string =>
  `<ul>${people
    .map(
      (person) =>
        `<li class="person"><input type="hidden" class="data" value="${escapeHtml(JSON.stringify({ id: Number(person.world.clubOsId), name: fullName(person) }))}" /></li>`,
    )
    .join("\n")}</ul>`;

export const leadProfilePage = (person: Person): string =>
  `<!DOCTYPE html><html><head><title>Club OS - ${escapeHtml(fullName(person))}</title></head><body><h1 id="lead-name">${escapeHtml(fullName(person))}</h1></body></html>`;

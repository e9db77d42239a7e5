import { describe, expect, test } from "vitest";

import { parseMessageList, parsePopup, parseSearchResults, parseSuggestions } from "./parse.ts";

const li = (text: string): string =>
  `<li><div class="message"><h3><a class="username-content">Pat Example</a></h3><p>${text}</p></div><div class="message-options"><span>9:30 AM</span></div></li>`;

const form = (
  extra = "",
): string => `<div id="popup"><ul id="follow-up-tabs"><li><a class="follow-up-tab" data-action="2">Email</a></li></ul>
<form action="/action/FollowUp/save"><input name="_sourcePage" value="s"><input name="__fp" value="f"><input name="followUpLog.tfoUserId" value="20">
${["tfoUserId", "role.id", "clubId", "clubLocationId"].map((name) => `<input name="followUpUser.${name}" value="20">`).join("")}
${["firstName", "lastName", "homePhone", "mobilePhone", "workPhone", "email"].map((name) => `<input name="followUpUser.${name}" value="O&#39;Hara">`).join("")}
<select name="status"><option value="2">a</option><option value="6" selected>b</option></select><textarea name="note"></textarea>
<input type="checkbox" name="off" value="1"><input type="checkbox" name="on" value="1" checked><input type="submit" name="go" value="1">${extra}</form>
<div id="follow-up-log"></div></div>`;

describe("the message list", () => {
  test("items come in the order of the page, with line breaks and entities read", () => {
    expect(parseMessageList(`<ul>${li("a &amp; b<br>c")}${li("second")}</ul>`)).toEqual([
      { name: "Pat Example", text: "a & b\nc", label: "9:30 AM" },
      { name: "Pat Example", text: "second", label: "9:30 AM" },
    ]);
  });

  test("an empty list is empty", () => {
    expect(parseMessageList("<ul></ul>")).toEqual([]);
  });

  test.each([
    { what: "cut between two messages", html: `<ul>${li("one")}` },
    { what: "cut inside a message", html: `<ul>${li("one").slice(0, 60)}` },
    { what: "nothing at all", html: "" },
    { what: "plain words", html: "Service unavailable" },
    { what: "other elements", html: `<div>${li("one").replaceAll("li>", "article>")}</div>` },
    { what: "no name", html: `<ul>${li("one").replace("username-content", "name")}</ul>` },
    { what: "no time", html: `<ul>${li("one").replace("message-options", "options")}</ul>` },
    { what: "one message among good ones", html: `<ul>${li("one")}${li("two").replace('"message"', '"msg"')}</ul>` },
    { what: "two texts", html: `<ul>${li("one").replace("</p>", "</p><p>two</p>")}</ul>` },
  ])("$what is malformed", ({ html }) => {
    expect(() => parseMessageList(html)).toThrow(expect.objectContaining({ kind: "malformed" }));
  });
});

describe("the follow-up popup", () => {
  test("the fields are those a browser would post", () => {
    const { fields } = parsePopup(form());
    expect(fields).toMatchObject({ "followUpUser.lastName": "O'Hara", status: "6", note: "", on: "1" });
    expect(fields).not.toHaveProperty("off");
    expect(fields).not.toHaveProperty("go");
  });

  test("a missing text tab is told", () => {
    expect(parsePopup(form()).hasTextTab).toBe(false);
  });

  test.each(["follow-up-tabs", "follow-up-log", "followUpUser.mobilePhone", "__fp", "/action/FollowUp/save"])(
    "without %s it is malformed, not an opt-out",
    (name) => {
      expect(() => parsePopup(form().replace(name, "other"))).toThrow(expect.objectContaining({ kind: "malformed" }));
    },
  );

  test("a line of the log without its author is malformed", () => {
    const log =
      '<div class="followup-entry"><img src="icon_text.png"><div class="followup-entry-date">11/20/2026</div><div class="followup-entry-note">x</div></div>';
    expect(() => parsePopup(form().replace('<div id="follow-up-log">', `<div id="follow-up-log">${log}`))).toThrow(
      expect.objectContaining({ kind: "malformed" }),
    );
  });
});

describe("searches", () => {
  test("nobody found is an empty list", () => {
    expect(parseSuggestions("<ul></ul>")).toEqual([]);
    expect(parseSearchResults('<div id="search-results"></div>')).toEqual([]);
  });

  test("another page is malformed, not nobody", () => {
    expect(() => parseSuggestions("<p>Welcome</p>")).toThrow(expect.objectContaining({ kind: "malformed" }));
    expect(() => parseSearchResults("<p>Welcome</p>")).toThrow(expect.objectContaining({ kind: "malformed" }));
  });
});

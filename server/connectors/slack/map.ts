import type { KnownBlock } from "@slack/web-api";

import type { Notice } from "../acts.ts";
import { ConnectorError } from "../errors.ts";
import { BUTTON_VALUE_MAX_CHARACTERS, SECTION_MAX_CHARACTERS } from "./limits.ts";

export const ACTIONS = { approve: "approve", reject: "reject", open: "open" } as const;

/** So that no text of a member calls a whole channel or poses as a link: these three are all that begins one. */
export const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The text as it is shown, at most as long as a section may be; what is cut off ends in `…`. */
export const sectionText = (text: string): string => {
  const whole = escaped(text);
  if (whole.length <= SECTION_MAX_CHARACTERS) {
    return whole;
  }
  const characters: string[] = [];
  let length = 1;
  for (const character of text) {
    const shown = escaped(character);
    if (length + shown.length > SECTION_MAX_CHARACTERS) {
      break;
    }
    characters.push(shown);
    length += shown.length;
  }
  return `${characters.join("")}…`;
};

export const blocksOf = ({ text, url, decision }: Notice): KnownBlock[] => {
  if (decision !== null && decision.value.length > BUTTON_VALUE_MAX_CHARACTERS) {
    throw new ConnectorError("rejected", `what a button carries is longer than ${BUTTON_VALUE_MAX_CHARACTERS} characters`);
  }
  const buttons = [
    ...(decision === null
      ? []
      : [
          button({ action_id: ACTIONS.approve, label: "Approve", style: "primary", value: decision.value }),
          button({ action_id: ACTIONS.reject, label: "Deny", style: "danger", value: decision.value }),
        ]),
    ...(url === null ? [] : [button({ action_id: ACTIONS.open, label: "Open in Spotter", url })]),
  ];
  const section: KnownBlock = { type: "section", text: { type: "mrkdwn", text: sectionText(text) } };
  return buttons.length === 0 ? [section] : [section, { type: "actions", block_id: "spotter", elements: buttons }];
};

type ButtonInput = {
  readonly action_id: string;
  readonly label: string;
  readonly style?: "primary" | "danger";
  readonly value?: string;
  readonly url?: string;
};

const button = ({ label, ...rest }: ButtonInput) => ({
  type: "button" as const,
  text: { type: "plain_text" as const, text: label },
  ...rest,
});

/** The vendor names a message by its channel and its time. */
export const noticeReferenceOf = (channel: string, ts: string): string => `${channel}:${ts}`;

export const placeOf = (noticeReference: string): { readonly channel: string; readonly ts: string } => {
  const [, channel, ts] = /^([A-Z0-9]+):(\d+\.\d+)$/.exec(noticeReference) ?? [];
  if (channel === undefined || ts === undefined) {
    throw new ConnectorError("rejected", "this is no notice of Slack's", { reason: "not_found" });
  }
  return { channel, ts };
};

"use client";

import { Plus, Trash2 } from "lucide-react";
import { useFormContext } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { useSetting } from "#components/policy/draft-context.tsx";
import type { DraftForm } from "#components/policy/draft-context.tsx";
import { Section } from "#components/policy/section.tsx";
import { ListSetting, NumberSetting, TextSetting } from "#components/policy/setting-controls.tsx";
import { SettingRow } from "#components/policy/setting-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { POLICY_BOUNDS } from "#server/domain/policy-defaults.ts";

/** Who speaks, and how. */
export const IdentitySection = () => (
  <Section id="identity" title="Identity" about="Who answers your members, and in what manner.">
    <TextSetting path="agent.name" hint="What Spotter calls itself towards members." />
    <TextSetting path="agent.personality" rows={5} hint="How it writes. Facts belong into the knowledge, not here." />
    <TextSetting
      path="agent.disclosure"
      rows={2}
      hint="Stands before its first message of a conversation and must say that an AI writes. {agentName} and {clubName} are filled in."
    />
    <DisclosurePreview />
    <TranslatedDisclosures />
    <ListSetting path="agent.languages" hint="In which it may answer alone: two letters each, such as en, es." />
    <NumberSetting
      path="replyMaxSentences"
      bounds={POLICY_BOUNDS.replyMaxSentences}
      unit="sentences"
      hint="Longer drafts wait for a person."
    />
    <NumberSetting path="replyMaxCharacters" bounds={POLICY_BOUNDS.replyMaxCharacters} unit="characters" />
    <ListSetting path="allowedLinkHosts" hint="Hosts it may link to beside the addresses in your knowledge." />
  </Section>
);

const DisclosurePreview = () => {
  const { name } = useClub();
  const [agentName, disclosure] = useFormContext<DraftForm>().watch(["policy.agent.name", "policy.agent.disclosure"]);
  return (
    <div className="border-b border-line px-4 py-3.5 md:pl-[17.5rem]">
      <p className="inline-block max-w-[60ch] rounded-card border border-spotter-line bg-spotter-tint px-3 py-2 text-base">
        <span className="sr-only">Members read: </span>
        {disclosure.replaceAll("{agentName}", agentName).replaceAll("{clubName}", name)}
      </p>
    </div>
  );
};

const TranslatedDisclosures = () => {
  const path = "agent.translatedDisclosures";
  const setting = useSetting<Readonly<Record<string, string>>>(path);
  const entries = Object.entries(setting.value);
  const put = (next: readonly (readonly [string, string])[]): void => setting.set(Object.fromEntries(next));
  return (
    <SettingRow path={path} setting={setting} isGroup hint="The same sentence for members who write in another language.">
      {() => (
        <fieldset disabled={setting.isDisabled} className="flex max-w-[72ch] flex-col gap-2">
          {entries.map(([language, sentence], index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the rows have no identity but their place, and a key of their values would lose the focus
            <div key={index} className="flex gap-2">
              <Input
                aria-label={`Language ${index + 1}`}
                value={language}
                maxLength={3}
                onChange={({ target }) =>
                  put(entries.map((entry, at) => (at === index ? [target.value.trim().toLowerCase(), sentence] : entry)))
                }
                className="w-14 shrink-0"
              />
              <Input
                aria-label={`Disclosure in ${language}`}
                value={sentence}
                onChange={({ target }) => put(entries.map((entry, at) => (at === index ? [language, target.value] : entry)))}
              />
              <IconButton label={`Remove the disclosure in ${language}`} onClick={() => put(entries.filter((_entry, at) => at !== index))}>
                <Trash2 />
              </IconButton>
            </div>
          ))}
          <Button
            size="sm"
            className="self-start"
            disabled={setting.isDisabled || "" in setting.value}
            onClick={() => put([...entries, ["", ""]])}
          >
            <Plus aria-hidden="true" />
            Add a language
          </Button>
        </fieldset>
      )}
    </SettingRow>
  );
};

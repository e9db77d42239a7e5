"use client";

import { useDraft } from "#components/policy/draft-context.tsx";
import { Section } from "#components/policy/section.tsx";
import { ChoiceSetting, NumberSetting, SwitchSetting, TextSetting, TimeSetting } from "#components/policy/setting-controls.tsx";
import { WeekSetting } from "#components/policy/week-editor.tsx";
import { POLICY_BOUNDS } from "#server/domain/policy-defaults.ts";

/** Millionths of a dollar. */
const DOLLAR = 1_000_000;

export const LimitsSection = () => (
  <Section
    id="limits"
    title="Limits and budgets"
    about="At a limit Spotter falls back to drafts for a person, and when its money is spent every message goes to a person. It never goes silent."
  >
    <NumberSetting
      path="limits.automaticRepliesPerConversation"
      bounds={POLICY_BOUNDS.automaticRepliesPerConversation}
      unit="replies"
      hint="Until a person writes or 24 hours pass."
    />
    <NumberSetting path="limits.automaticRepliesPerClubHour" bounds={POLICY_BOUNDS.automaticRepliesPerClubHour} unit="replies an hour" />
    <NumberSetting path="budgets.runCostMicros" bounds={POLICY_BOUNDS.runCostMicros} unit="US dollars" scale={DOLLAR} step={0.01} />
    <NumberSetting
      path="budgets.conversationCostMicros"
      bounds={POLICY_BOUNDS.conversationCostMicros}
      unit="US dollars"
      scale={DOLLAR}
      step={0.01}
      hint="Of one conversation in 24 hours."
    />
    <NumberSetting path="budgets.dailyCostMicros" bounds={POLICY_BOUNDS.dailyCostMicros} unit="US dollars" scale={DOLLAR} step={0.01} />
    <NumberSetting path="budgets.dailyTokens" bounds={POLICY_BOUNDS.dailyTokens} unit="tokens" />
  </Section>
);

export const HoursSection = () => (
  <Section id="hours" title="Hours" about="On the club's clock. Holidays and days that differ stand with the notices in Knowledge.">
    <WeekSetting path="hours.opening" hint="When members can get in." />
    <WeekSetting path="hours.staffed" hint="When somebody of the team is there to take over." />
    <TimeSetting path="quietHours.startMinute" hint="Reminders and campaigns wait, on the recipient's clock." />
    <TimeSetting path="quietHours.endMinute" />
    <NumberSetting
      path="handBackHours"
      bounds={POLICY_BOUNDS.handBackHours}
      unit="hours"
      hint="So long a conversation stays with whoever answered it last."
    />
    <NumberSetting
      path="burstWindowSeconds"
      bounds={POLICY_BOUNDS.burstWindowSeconds}
      unit="seconds"
      hint="“hi”, “quick q”, “what time u close” is one question."
    />
    <TextSetting path="missedCallText" rows={2} isOptional hint="Goes out within a minute, once in 12 hours. Left empty, nothing does." />
  </Section>
);

export const ModelsSection = () => {
  const { installed, listed } = useDraft().settings.models;
  const choices = listed.map((model) => ({ value: model, label: model }));
  const none = `As installed (${installed})`;
  return (
    <Section id="models" title="Models" about="Which model drafts the answers. A larger one costs more.">
      <ChoiceSetting path="models.agent" choices={choices} none={none} />
      <ChoiceSetting path="models.hard" choices={choices} none="The same" hint="Where Spotter's own first reading is torn." />
    </Section>
  );
};

export const LearningSection = () => (
  <Section
    id="learning"
    title="Learning bars"
    about="What Spotter must have shown before a higher stage is offered to you, and when it loses one by itself."
  >
    <NumberSetting
      path="learning.minDrafts"
      bounds={POLICY_BOUNDS.minDrafts}
      unit="drafts"
      hint="Compared with what your team sent, within 30 days."
    />
    <NumberSetting path="learning.agreementRatio" bounds={POLICY_BOUNDS.agreementRatio} unit="%" scale={0.01} step={1} />
    <NumberSetting
      path="learning.demoteAfterCorrections"
      bounds={POLICY_BOUNDS.demoteAfterCorrections}
      unit="corrections"
      hint="So many within 7 days take “Auto” back to “Suggest”."
    />
    <SwitchSetting
      path="asksSatisfaction"
      on="Ask for a score from 1 to 5"
      hint="Ten minutes after a conversation is settled, once in 30 days a person, never after a complaint or a reminder."
    />
  </Section>
);

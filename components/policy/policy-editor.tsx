"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";

import { AutomationsSection } from "#components/policy/automations-section.tsx";
import { ChangeBar } from "#components/policy/change-bar.tsx";
import { baseOf, DraftForm, DraftProvider } from "#components/policy/draft-context.tsx";
import { IdentitySection } from "#components/policy/identity-section.tsx";
import type { EditedLayer, PolicySettings } from "#components/policy/policy-types.ts";
import { Presets } from "#components/policy/presets.tsx";
import { HoursSection, LearningSection, LimitsSection, ModelsSection } from "#components/policy/rule-sections.tsx";
import { TopicsSection } from "#components/policy/topics-section.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { carryOver } from "#server/domain/policy-draft.ts";
import type { PolicyDraft } from "#server/domain/policy-draft.ts";

type PolicyEditorProps = { readonly settings: PolicySettings; readonly layer: EditedLayer };

/**
 * The settings of one layer. From the first touch on the edit stays on the version it began from, so that nothing moves
 * under somebody's hands; a newer version is announced, and the edit can be put on top of it.
 */
export const PolicyEditor = ({ settings, layer }: PolicyEditorProps) => {
  const [held, setHeld] = useState<PolicySettings | null>(null);
  const [carried, setCarried] = useState<PolicyDraft | null>(null);
  // A form made anew begins with the values it is given.
  const [generation, setGeneration] = useState(0);
  const shown = held ?? settings;
  const begin = (from: PolicySettings | null, draft: PolicyDraft | null): void => {
    setHeld(from);
    setCarried(draft);
    setGeneration((count) => count + 1);
  };
  return (
    <EditorForm
      key={`${shown.version} ${generation}`}
      settings={shown}
      layer={layer}
      initial={carried}
      newer={shown.version === settings.version ? null : settings}
      onTouch={() => setHeld(shown)}
      onCarry={(draft) => begin(settings, carryOver(baseOf(shown, layer), baseOf(settings, layer), draft))}
      onDone={() => begin(null, null)}
    />
  );
};

type EditorFormProps = PolicyEditorProps & {
  readonly initial: PolicyDraft | null;
  /** Published since the edit began. */
  readonly newer: PolicySettings | null;
  readonly onTouch: () => void;
  readonly onCarry: (draft: PolicyDraft) => void;
  readonly onDone: () => void;
};

const EditorForm = ({ settings, layer, initial, newer, onTouch, onCarry, onDone }: EditorFormProps) => {
  const base = baseOf(settings, layer);
  const clean: DraftForm = { policy: base.policy, inherited: [], lockedPaths: [...base.lockedPaths] };
  const form = useForm<DraftForm>({
    defaultValues: initial === null ? clean : { ...clean, policy: initial.policy, inherited: [...initial.inherited] },
    resolver: zodResolver(DraftForm),
    mode: "onChange",
  });
  return (
    <FormProvider {...form}>
      <DraftProvider value={{ base, settings, mayEdit: settings.mayPublish[layer], onTouch }}>
        {newer === null ? null : (
          <Overtaken
            newer={newer}
            layer={layer}
            onCarry={() => onCarry({ policy: form.getValues("policy"), inherited: form.getValues("inherited") })}
            onDiscard={onDone}
          />
        )}
        <form noValidate onSubmit={(event) => event.preventDefault()} className="flex flex-col gap-8">
          <div className="flex flex-col gap-4">
            <Presets />
            <SectionLinks />
          </div>
          <TopicsSection />
          <AutomationsSection />
          <IdentitySection />
          <LimitsSection />
          <HoursSection />
          <ModelsSection />
          <LearningSection />
        </form>
        <ChangeBar onDone={onDone} />
      </DraftProvider>
    </FormProvider>
  );
};

const SECTIONS = [
  { id: "topics", label: "Topics" },
  { id: "automations", label: "Automations" },
  { id: "identity", label: "Identity" },
  { id: "limits", label: "Limits and budgets" },
  { id: "hours", label: "Hours" },
  { id: "models", label: "Models" },
  { id: "learning", label: "Learning" },
] as const;

/** The page is long; each part is one step away. */
const SectionLinks = () => (
  <nav aria-label="Sections" className="flex flex-wrap gap-x-1 gap-y-1">
    {SECTIONS.map(({ id, label }) => (
      <a key={id} href={`#${id}`} className={buttonStyles({ kind: "quiet", size: "sm" })}>
        {label}
      </a>
    ))}
  </nav>
);

type OvertakenProps = {
  readonly newer: PolicySettings;
  readonly layer: EditedLayer;
  readonly onCarry: () => void;
  readonly onDiscard: () => void;
};

const Overtaken = ({ newer, layer, onCarry, onDiscard }: OvertakenProps) => (
  <div
    role="alert"
    className="mb-6 flex flex-wrap items-center gap-3 rounded-card border border-line bg-warn-tint px-4 py-3 text-sm text-warn-ink"
  >
    <p className="min-w-0 flex-1 basis-64">
      {newer[layer].publishedBy ?? "Somebody"} published a newer version while you were editing. Yours is still here and nothing of it is in
      force.
    </p>
    <Button size="sm" onClick={onDiscard}>
      Show the new version
    </Button>
    <Button size="sm" kind="primary" onClick={onCarry}>
      Put my changes on top
    </Button>
  </div>
);

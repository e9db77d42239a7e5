"use client";

import { Inbox, Moon, Send } from "lucide-react";
import { useId, useState } from "react";

import { Sample } from "#components/gallery/sample.tsx";
import { Button } from "#components/ui/button.tsx";
import { Count } from "#components/ui/chip.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { ThresholdSlider } from "#components/ui/threshold-slider.tsx";

const KINDS = ["primary", "secondary", "quiet", "danger"] as const;
const SIZES = ["sm", "md", "lg"] as const;
const STAGES = [
  { value: "off", label: "Off" },
  { value: "suggest", label: "Suggest" },
  { value: "auto", label: "Auto" },
] as const;
const BARS = [55, 62, 70, 78, 84, 88, 91, 94, 97].map((percent, index) => ({
  percent,
  count: index * index + 2,
  openCount: index * index,
}));

const nothing = () => {};

export const ControlSamples = () => {
  const panelId = useId();
  const [stage, setStage] = useState<(typeof STAGES)[number]["value"]>("suggest");
  const [bound, setBound] = useState(0.8);
  const [tab, setTab] = useState<"open" | "snoozed" | "empty">("open");
  return (
    <>
      {KINDS.map((kind) => (
        <Sample key={kind} name={`Button, ${kind}`}>
          {SIZES.map((size) => (
            <Button key={size} kind={kind} size={size}>
              <Send aria-hidden="true" />
              Send
            </Button>
          ))}
          <Button kind={kind} isBusy>
            Busy
          </Button>
          <Button kind={kind} disabled>
            Not now
          </Button>
        </Sample>
      ))}
      <Sample name="IconButton">
        <IconButton label="Snooze" hotkey="s" onClick={nothing}>
          <Moon />
        </IconButton>
        <IconButton label="Snooze, not now" disabled>
          <Moon />
        </IconButton>
      </Sample>
      <Sample name="SegmentedControl">
        <SegmentedControl label="Stage" options={STAGES} value={stage} onChange={setStage} />
      </Sample>
      <Sample name="Tabs">
        <Tabs
          label="Views"
          panelId={panelId}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: "open", label: "Open", badge: <Count value={4} isCall label="4" /> },
            { value: "snoozed", label: "Snoozed", icon: <Moon aria-hidden="true" className="size-4" /> },
            { value: "empty", label: "Empty", icon: <Inbox aria-hidden="true" className="size-4" /> },
          ]}
        />
        <p id={panelId} role="tabpanel" aria-label={tab} className="w-full text-sm text-ink-2">
          What belongs to {tab}
        </p>
      </Sample>
      <Sample name="ThresholdSlider">
        <ThresholdSlider label="Confidence" value={bound} min={0.5} max={0.99} bars={BARS} onChange={setBound} />
        <ThresholdSlider label="Confidence, flat" value={bound} min={0.5} max={0.99} isFlat onChange={setBound} />
        <ThresholdSlider label="Confidence, locked" value={0.9} min={0.5} max={0.99} isFlat disabled onChange={nothing} />
      </Sample>
    </>
  );
};

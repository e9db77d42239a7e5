"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import type { NotificationsView } from "#components/notifications/notifications-form.tsx";
import { subscribeHere, subscriptionHere, unsubscribeHere } from "#components/notifications/push-here.ts";
import { Section } from "#components/policy/section.tsx";
import { Button } from "#components/ui/button.tsx";
import { notify } from "#components/ui/toast.tsx";

type Here = "unknown" | "unable" | "off" | "on";

/** Whether this very browser tells me; a phone and a desk are told of each on its own. */
export const PushSection = ({ view }: { readonly view: NotificationsView }) => {
  const { devices, open } = view;
  const [endpoint, setEndpoint] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    // The browser's own registry of workers knows whether it is subscribed.
    void subscriptionHere().then(setEndpoint, () => setEndpoint(null));
  }, []);
  const change = useChange(setEndpoint, open.pushKey);
  const isAble = typeof window === "undefined" || ("serviceWorker" in navigator && "PushManager" in window);
  const here: Here =
    endpoint === undefined ? "unknown" : !isAble ? "unable" : endpoint !== null && devices.includes(endpoint) ? "on" : "off";
  return (
    <Section
      id="push"
      title="Push"
      about="What is ticked under Push shows up on these devices, also while Spotter is closed. A title and the club, no word of a member."
    >
      <div className="flex flex-wrap items-center gap-3 p-4 text-sm">
        {open.pushKey === null ? (
          <p className="text-ink-2">This installation has no key for push yet, so nobody can be told this way.</p>
        ) : here === "unable" ? (
          <p className="text-ink-2">
            This browser cannot be told while Spotter is closed. On an iPhone add Spotter to the home screen first.
          </p>
        ) : (
          <>
            <Button isBusy={change.isPending} disabled={here === "unknown"} onClick={() => change.mutate(here === "on" ? endpoint : null)}>
              {here === "on" ? "Stop telling me on this device" : "Tell me on this device"}
            </Button>
            <p className="text-ink-2">{countText(devices.length, here === "on")}</p>
          </>
        )}
      </div>
    </Section>
  );
};

const countText = (count: number, isHere: boolean): string => {
  if (count === 0) {
    return "No device tells you yet.";
  }
  const others = isHere ? count - 1 : count;
  return isHere
    ? `This device tells you${others === 0 ? "" : `, and ${others} more`}.`
    : `${others === 1 ? "One other device tells" : `${others} other devices tell`} you.`;
};

/** With an address: ends it. Without: begins, after the browser has asked. */
const useChange = (onEndpoint: (endpoint: string | null) => void, publicKey: string | null) => {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (known: string | null | undefined) => {
      if (known != null) {
        await client.notifications.removeDevice.mutate({ endpoint: known });
        await unsubscribeHere();
        return null;
      }
      const device = await subscribeHere(publicKey ?? "");
      await client.notifications.addDevice.mutate(device);
      return device.endpoint;
    },
    onSuccess: async (endpoint) => {
      onEndpoint(endpoint);
      await queryClient.invalidateQueries(trpc.notifications.settings.pathFilter());
    },
    onError: (error) => {
      const isRefused = error instanceof DOMException;
      const { advice, title } = describeFailure(error);
      notify(
        isRefused
          ? {
              tone: "bad",
              title: "The browser does not allow it",
              detail: "Allow notifications for this page in its settings, then try again.",
            }
          : { tone: "bad", title, detail: advice },
      );
    },
  });
};

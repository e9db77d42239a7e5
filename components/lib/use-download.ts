"use client";

import { useMutation } from "@tanstack/react-query";

import { downloadFile } from "#components/lib/download.ts";
import { notify } from "#components/ui/toast.tsx";

/** A file from a road of ours, with a word where it fails. */
export const useDownload = (path: string) =>
  useMutation({
    mutationFn: (body: unknown) => downloadFile(path, body),
    onError: (error) => notify({ tone: "bad", title: error.message, detail: "Nothing was handed out. Try again in a moment." }),
  });

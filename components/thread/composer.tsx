"use client";

import { Ban, Send, StickyNote } from "lucide-react";
import { useState } from "react";
import type { ClipboardEvent, KeyboardEvent, ReactNode, RefObject } from "react";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { ComposerTools } from "#components/thread/composer-tools.tsx";
import { FileTray } from "#components/thread/file-tray.tsx";
import { filesObstacle } from "#components/thread/file-words.ts";
import { addReplyFiles, useReplyFiles } from "#components/thread/reply-files.ts";
import { TranslateReply, type Original } from "#components/thread/translate-reply.tsx";
import { replyKey, useReplyDraft } from "#components/thread/use-reply-draft.ts";
import { useDrop } from "#components/thread/use-drop.ts";
import { Button } from "#components/ui/button.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { FileOffer } from "#server/domain/file-kinds.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";

type Mode = "reply" | "note";

type ComposerProps = {
  readonly conversationId: Id<"conversation">;
  readonly contactName: string;
  /** What sending does to the conversation, or null when it does nothing special. */
  readonly hint: string | null;
  /** Why no reply can be sent, or null. Notes are always possible. */
  readonly obstacle: string | null;
  readonly isSavingNote: boolean;
  /** The channel of this conversation, and all over which this person can be written to. */
  readonly channel: ChannelKind;
  readonly channels: readonly ChannelKind[];
  readonly languages: { readonly staff: string; readonly contact: string | null };
  /** Whether a reply here may carry files. */
  readonly files: FileOffer;
  /** `original`: what was written, where the text is its translation. */
  readonly onReply: (text: string, original?: Original) => void;
  readonly onNote: (text: string, done: () => void) => void;
  /** What stands in the field now, for those who look on; empty when it is left. */
  readonly onTyping: (text: string) => void;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
};

/** Enter sends, Shift+Enter starts a new line, Escape leaves the field; files are chosen, dropped or pasted. */
export const Composer = (props: ComposerProps) => {
  const { conversationId, contactName, hint, obstacle, fieldRef } = props;
  const { isBlocked, isReply, mode, reply, sendTranslated, setMode, setText, submit, text } = useWriting(props);
  const { addFiles, files, filesProblem } = useFiles(props);
  const { dropProps, isOver, onPaste } = useDrop(isReply && !isBlocked ? addFiles : nothing);
  return (
    <form
      {...dropProps}
      aria-label={isReply ? "Reply" : "Note"}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className={cn(
        "flex shrink-0 flex-col gap-2 border-t border-line bg-surface px-4 pt-2.5 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-6",
        isOver && isReply && !isBlocked && "bg-sunken outline-2 -outline-offset-4 outline-line-strong outline-dashed",
      )}
    >
      <ModeBar mode={mode} onChange={setMode} note={isReply ? (isBlocked ? null : hint) : "Only the club sees notes"} />
      {isBlocked ? <Obstacle>{obstacle}</Obstacle> : null}
      <WritingField
        mode={mode}
        contactName={contactName}
        text={text}
        isBlocked={isBlocked}
        isBusy={!isReply && props.isSavingNote}
        fieldRef={fieldRef}
        onChange={(next) => {
          setText(next);
          props.onTyping(next);
        }}
        onLeave={() => props.onTyping("")}
        onPaste={onPaste}
        onSubmit={submit}
      />
      {isReply && !isBlocked ? (
        <FileTray
          conversationId={conversationId}
          files={files}
          obstacle={filesProblem ?? (reply.trim() === "" ? "Write a few words to go with it." : null)}
        />
      ) : null}
      {isReply && !isBlocked ? (
        <ComposerTools
          conversationId={conversationId}
          contactName={contactName}
          isEmpty={reply.trim() === ""}
          channel={props.channel}
          channels={props.channels}
          files={props.files}
          onFiles={addFiles}
        />
      ) : null}
      {isReply && !isBlocked ? (
        <TranslateReply conversationId={conversationId} text={reply} languages={props.languages} onSend={sendTranslated} />
      ) : null}
    </form>
  );
};

/** What is typed as a reply and as a note, and what sending does with it. */
const useWriting = (props: ComposerProps) => {
  const { conversationId, obstacle } = props;
  const { filesProblem } = useFiles(props);
  const [mode, setMode] = useState<Mode>("reply");
  const [reply, setReply] = useReplyDraft(replyKey(conversationId));
  const [note, setNote] = useReplyDraft(`note ${conversationId}`);
  const isReply = mode === "reply";
  const text = isReply ? reply : note;
  const isBlocked = isReply && obstacle !== null;
  const isHeldUp = isReply && filesProblem !== null;
  const submit = () => {
    const content = text.trim();
    if (content === "" || isBlocked || isHeldUp || (!isReply && props.isSavingNote)) {
      return;
    }
    if (isReply) {
      props.onReply(content);
      setReply("");
    } else {
      props.onNote(content, () => setNote(""));
    }
  };
  const sendTranslated = (translated: string, original: Original) => {
    if (isHeldUp) {
      return;
    }
    props.onReply(translated, original);
    setReply("");
  };
  return { mode, setMode, isReply, isBlocked, reply, text, setText: isReply ? setReply : setNote, submit, sendTranslated };
};

/** The files beside the reply, and why it cannot go out with them. */
const useFiles = ({ conversationId, files: offer }: Pick<ComposerProps, "conversationId" | "files">) => {
  const { slug } = useClub();
  const files = useReplyFiles(conversationId);
  const addFiles = (chosen: readonly File[]) => {
    if (offer.kind === "taken") {
      addReplyFiles(conversationId, { chosen, rules: offer.rules, slug });
    } else {
      notify({ tone: "bad", title: "No files go out here", detail: offer.why });
    }
  };
  return { addFiles, files, filesProblem: filesObstacle(files, offer) };
};

const nothing = () => undefined;

type WritingFieldProps = {
  readonly mode: Mode;
  readonly contactName: string;
  readonly text: string;
  readonly isBlocked: boolean;
  readonly isBusy: boolean;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly onSubmit: () => void;
};

const WritingField = ({
  mode,
  contactName,
  text,
  isBlocked,
  isBusy,
  fieldRef,
  onChange,
  onLeave,
  onPaste,
  onSubmit,
}: WritingFieldProps) => {
  const isReply = mode === "reply";
  return (
    <fieldset disabled={isBlocked} className="flex items-end gap-2">
      <TextArea
        key={mode}
        ref={fieldRef}
        aria-label={isReply ? "Reply" : "Note"}
        placeholder={isReply ? `Write to ${contactName}` : "Write a note for the team"}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        onBlur={onLeave}
        onPaste={onPaste}
        onKeyDown={(event) => {
          if (event.key === "/" && isReply && text === "") {
            event.preventDefault();
            event.currentTarget.form?.querySelector<HTMLButtonElement>("[data-snippets]")?.click();
            return;
          }
          onComposerKey(event, onSubmit);
        }}
        className="min-h-10 flex-1"
        rows={1}
      />
      <Button type="submit" kind="primary" size="lg" disabled={text.trim() === ""} isBusy={isBusy}>
        {isReply ? <Send aria-hidden="true" /> : <StickyNote aria-hidden="true" />}
        {isReply ? "Send" : "Save note"}
      </Button>
    </fieldset>
  );
};

type ModeBarProps = { readonly mode: Mode; readonly onChange: (mode: Mode) => void; readonly note: string | null };

const ModeBar = ({ mode, note, onChange }: ModeBarProps) => (
  <div className="flex items-center justify-between gap-3">
    <SegmentedControl label="What to write" options={MODES} value={mode} onChange={onChange} />
    <p className="min-w-0 text-right text-xs text-balance text-ink-3">{note}</p>
  </div>
);

const Obstacle = ({ children }: { readonly children: ReactNode }) => (
  <p className="flex items-center gap-2 text-sm text-ink-2">
    <Ban aria-hidden="true" className="size-4 shrink-0 text-bad-ink" />
    {children}
  </p>
);

const MODES = [
  { value: "reply", label: "Reply" },
  { value: "note", label: "Note" },
] as const;

/** An Enter that only confirms a word of an input method is no wish to send. */
const onComposerKey = (event: KeyboardEvent<HTMLTextAreaElement>, submit: () => void): void => {
  if (event.key === "Escape") {
    event.currentTarget.blur();
  }
  if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
    event.preventDefault();
    submit();
  }
};

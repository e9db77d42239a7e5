"use client";

import { Button } from "#components/ui/button.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";

export const InvitationLink = ({ url, onDone }: { readonly url: string; readonly onDone: () => void }) => (
  <div className="flex flex-col gap-4">
    <CopyField label="Invitation link" value={url} />
    <Button kind="primary" size="lg" onClick={onDone}>
      Done
    </Button>
  </div>
);

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";

import { ApiProvider } from "#components/lib/trpc.tsx";

const SignedInLayout = ({ children }: { readonly children: ReactNode }) => (
  <NuqsAdapter>
    <ApiProvider>{children}</ApiProvider>
  </NuqsAdapter>
);

export default SignedInLayout;

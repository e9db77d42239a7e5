import Link from "next/link";

import { buttonStyles } from "#components/ui/button.tsx";

const NotFoundPage = () => (
  <main className="flex min-h-dvh flex-col items-center justify-center gap-2 px-8 text-center">
    <h1 className="text-xl font-semibold">There is nothing here</h1>
    <p className="max-w-[48ch] text-sm text-ink-2">The address is wrong, or it belongs to a club you have no access to.</p>
    <Link href="/" className={`${buttonStyles({ kind: "primary", size: "lg" })} mt-3`}>
      Go to your clubs
    </Link>
  </main>
);

export default NotFoundPage;

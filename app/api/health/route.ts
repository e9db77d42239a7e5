import { checkHealth } from "#server/services/health/check-health.ts";

/** For load balancers and uptime monitors: says whether this installation can serve, and nothing about it. */
export const GET = async (): Promise<Response> => {
  const health = await checkHealth();
  return Response.json(health, { status: health.status === "ok" ? 200 : 503, headers: { "cache-control": "no-store" } });
};

export const dynamic = "force-dynamic";

import { getJson, type Page } from "@shera/kit";
import type { Running } from "./model";

/** How often a page asks the clusters again. */
export const LIVE_MILLIS = 5_000;

/** What runs of a tenant now, by application name. */
export async function runningOf(page: Page, tenant: string, signal?: AbortSignal): Promise<Map<string, Running[]>> {
  const url = `${page.shera}/tenant/${encodeURIComponent(tenant)}/running/api/json`;
  const { running } = await getJson<{ running: readonly Running[] }>(url, signal);
  const byName = new Map<string, Running[]>();
  for (const one of running) {
    const known = byName.get(one.application);
    if (known) known.push(one);
    else byName.set(one.application, [one]);
  }
  return byName;
}

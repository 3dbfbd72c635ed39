import { remark, text } from "@shera/kit";
import type { Lines, Origin } from "./model";

const SHOWN_PODS = 3;
const STORES: Readonly<Record<string, string>> = { loki: "Loki", elasticsearch: "Elasticsearch" };

/** What a reader should know of where a range came from: why no agent was asked, what may be missing, whose clock is wrong. */
export function originRemarks(read: Lines): HTMLElement[] {
  const notes: HTMLElement[] = [];
  const reasons = new Set(read.sources.map((one) => one.why).filter((why) => why !== ""));
  for (const why of reasons) {
    const pods = names(read.sources.filter((one) => one.why === why));
    notes.push(remark("info", text("agent.why", pods, text(`agent.${why}`))));
  }
  if (read.store.why !== "") notes.push(remark("warning", text("store.why", text(`store.${read.store.why}`))));
  const cut = read.sources.filter((one) => one.cut);
  if (cut.length > 0) notes.push(remark("warning", text("agent.cut", names(cut))));
  if (read.sources.some((one) => one.source === "agent" && !one.ordered)) notes.push(remark("info", text("unordered")));
  const wrong = read.sources.find((one) => Math.abs(one.clockMillis) >= 1000);
  if (wrong !== undefined) {
    notes.push(remark("warning", text("clock", wrong.pod, String(Math.round(wrong.clockMillis / 1000)))));
  }
  return notes;
}

/** Which source answered, in one sentence; empty when none was read. */
export function answeredBy(read: Lines): string {
  const agents = read.sources.filter((one) => one.source === "agent").length;
  const total = read.sources.length;
  if (total === 0) return "";
  const stored = read.sources.filter((one) => one.source in STORES);
  const store = stored.map((one) => STORES[one.source] ?? "")[0];
  if (store !== undefined) {
    return stored.length === total
      ? text("from.store", store)
      : text("from.some", String(stored.length), String(total), store);
  }
  if (agents === read.sources.length) return text("from.agent");
  return agents === 0 ? text("from.kubernetes") : text("from.both", String(agents), String(read.sources.length));
}

function names(origins: readonly Origin[]): string {
  const all = origins.map((one) => `${one.pod}/${one.container}`);
  return all.slice(0, SHOWN_PODS).join(", ") + (all.length > SHOWN_PODS ? ", \u2026" : "");
}

/** Where a session runs. */
export interface Room {
  readonly environment: string;
  readonly pod: string;
  readonly container: string;
}

/** What is known of the session of a tab; `taken` goes on, but elsewhere. */
export type State = "opening" | "open" | "lost" | "over" | "taken" | "refused";

/** What came while a tab was not seen. */
export type News = "" | "output" | "end";

/** One tab; its number is unique in the page. */
export interface Tab {
  readonly number: number;
  readonly room: Room;
  session: string;
  state: State;
  said: string;
  news: News;
}

interface KeptTab extends Room {
  readonly session: string;
  readonly number: number;
}

/** Which sessions a page had, for when it is loaded again; nothing in it opens anything by itself. */
export interface Kept {
  readonly tabs: readonly KeptTab[];
  readonly shown: readonly string[];
  readonly here: string;
  readonly share: number;
}

const LONGEST_TITLE = 40;
const LONGEST_NAME = 300;
const MOST_KEPT = 50;
const MIN_SHARE = 15;
const HALF = 50;

/** Title a program asked for, as plain text of one line that is not long. */
export function clean(title: string): string {
  const plain = title
    .slice(0, LONGEST_TITLE * 10)
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .trim();
  const letters = [...plain];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE - 1).join("")}…` : plain;
}

/** Name of a tab by its place and number. */
export function nameOf({ room, number }: Tab): string {
  return `${room.pod}/${room.container} · ${number}`;
}

/** Whether closing the tab would end something. */
export function isRunning({ state }: Tab): boolean {
  return state === "opening" || state === "open" || state === "lost";
}

/** A share of the first half, in percent, that leaves room for both. */
export function within(share: number): number {
  return Number.isFinite(share) ? Math.round(Math.min(100 - MIN_SHARE, Math.max(MIN_SHARE, share))) : HALF;
}

/** The tabs of a page: their order, the one or two that are shown, and the one that keys go to. */
export class Tabs {
  all: readonly Tab[] = [];
  shown: readonly Tab[] = [];
  here: Tab | undefined;

  /** A further tab at the end, with the smallest number that is free. */
  add(room: Room, session = "", wanted = 0): Tab {
    const taken = new Set(this.all.map((one) => one.number));
    let number = wanted > 0 && !taken.has(wanted) ? wanted : 1;
    while (taken.has(number)) number += 1;
    const tab: Tab = { number, room, session, state: "opening", said: "", news: "" };
    this.all = [...this.all, tab];
    return tab;
  }

  /** A tab in the very place of one that is over. */
  replace(old: Tab, room: Room, session = ""): Tab {
    const tab: Tab = { number: old.number, room, session, state: "opening", said: "", news: "" };
    const swap = (one: Tab): Tab => (one === old ? tab : one);
    this.all = this.all.map(swap);
    this.shown = this.shown.map(swap);
    this.here = this.here && swap(this.here);
    return tab;
  }

  /** Shows a tab: where it is already, or in place of the one that has the keys. */
  show(tab: Tab): void {
    if (!this.shown.includes(tab)) {
      this.shown = this.shown.length === 0 ? [tab] : this.shown.map((one) => (one === this.here ? tab : one));
    }
    this.here = tab;
    tab.news = "";
  }

  /** Shows a tab beside the one that has the keys. */
  beside(tab: Tab): void {
    if (this.here === undefined || tab === this.here) return;
    this.shown = [this.here, tab];
    this.show(tab);
  }

  /** Shows one tab alone: the one that has the keys. */
  alone(): void {
    this.shown = this.here === undefined ? [] : [this.here];
  }

  /** The next tab that is not shown, for the other half. */
  spare(): Tab | undefined {
    const from = this.here === undefined ? 0 : this.all.indexOf(this.here) + 1;
    return [...this.all.slice(from), ...this.all.slice(0, from)].find((one) => !this.shown.includes(one));
  }

  /** Goes so many tabs on, round and round. */
  step(by: number): void {
    if (this.here === undefined) return;
    const { length } = this.all;
    const next = this.all[(((this.all.indexOf(this.here) + by) % length) + length) % length];
    if (next !== undefined) this.show(next);
  }

  /** Gives the keys to the other half. */
  across(): void {
    const other = this.shown.find((one) => one !== this.here);
    if (other !== undefined) this.here = other;
  }

  /** Takes a tab away; what was beside it stays alone, else a neighbour is shown. */
  close(tab: Tab): void {
    const at = this.all.indexOf(tab);
    if (at < 0) return;
    this.all = this.all.filter((one) => one !== tab);
    this.shown = this.shown.filter((one) => one !== tab);
    if (this.here !== tab && this.shown.length > 0) return;
    const next = this.shown[0] ?? this.all[at] ?? this.all[at - 1];
    this.here = undefined;
    if (next !== undefined) this.show(next);
  }

  /** Something came in a tab: marked until it is seen, and an end counts more than output. */
  heard(tab: Tab, news: News): boolean {
    if (this.shown.includes(tab) || tab.news === news || tab.news === "end") return false;
    tab.news = news;
    return true;
  }

  /** The tab that shows a session which still runs. */
  of(session: string): Tab | undefined {
    return this.all.find((one) => one.session === session && isRunning(one));
  }

  /** What is to be kept over a reload: sessions that run. */
  keep(share: number): Kept {
    const going = (tab: Tab): boolean => tab.session !== "" && isRunning(tab);
    return {
      tabs: this.all.filter(going).map(({ session, number, room }) => ({ session, number, ...room })),
      shown: this.shown.filter(going).map((one) => one.session),
      here: this.here !== undefined && going(this.here) ? this.here.session : "",
      share,
    };
  }

  /** The tabs of before, in order; answers whether there were any. */
  restore(kept: Kept): boolean {
    for (const { session, number, ...room } of kept.tabs) this.add(room, session, number);
    const [first, second] = kept.shown.flatMap((id) => this.all.filter((one) => one.session === id));
    const start = first ?? this.all[0];
    if (start !== undefined) this.show(start);
    if (second !== undefined) this.beside(second);
    const here = this.shown.find((one) => one.session === kept.here);
    if (here !== undefined) this.here = here;
    return start !== undefined;
  }
}

/** Reads what was kept; what is not as it should be is left out. */
export function parseKept(json: string | null): Kept {
  const read = plain(json);
  const seen = new Set<string>();
  const tabs = list(read["tabs"]).flatMap((one) => {
    const tab = keptTab(one);
    if (tab === undefined || seen.has(tab.session)) return [];
    seen.add(tab.session);
    return [tab];
  });
  const shown = list(read["shown"]).filter((one): one is string => typeof one === "string");
  return {
    tabs: tabs.slice(0, MOST_KEPT),
    shown: [...new Set(shown)].slice(0, 2),
    here: typeof read["here"] === "string" ? read["here"] : "",
    share: typeof read["share"] === "number" ? within(read["share"]) : HALF,
  };
}

function keptTab(one: unknown): KeptTab | undefined {
  if (typeof one !== "object" || one === null) return undefined;
  const { session, number, environment, pod, container } = one as Record<string, unknown>;
  const names = [session, environment, pod, container];
  if (!names.every((name) => typeof name === "string" && name !== "" && name.length <= LONGEST_NAME)) return undefined;
  const counted = Number.isSafeInteger(number) && Number(number) > 0 ? Number(number) : 0;
  return { session, number: counted, environment, pod, container } as KeptTab;
}

function plain(json: string | null): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(json ?? "{}");
    return typeof read === "object" && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function list(read: unknown): readonly unknown[] {
  return Array.isArray(read) ? read : [];
}

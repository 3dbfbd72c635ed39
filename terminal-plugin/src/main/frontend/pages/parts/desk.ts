import { confirm, fill, h, text } from "@shera/kit";
import { Seat } from "./seat";
import { Split } from "./split";
import { Strip } from "./strip";
import { isRunning, nameOf, parseKept, Tabs, type Room, type Tab } from "./tabs";

/** A session as the server lists it. */
export interface Listed extends Room {
  readonly id: string;
}

/** A session that is over, and the word for why. */
export interface Ended {
  readonly id: string;
  readonly why: string;
}

/** What the desk needs of the page around it. */
export interface Around {
  /** What is chosen above for a further terminal. */
  choice(): Room & Record<string, string>;
  /** How the terminal is that has the keys, and who watches it. */
  tell(state: string, watchers: readonly string[]): void;
}

/** All terminals of the page: tabs, one or two of them shown, and what each is joined to. */
export class Desk {
  readonly element: HTMLElement;
  private readonly tabs = new Tabs();
  private readonly split = new Split();
  private readonly strip: Strip;
  private readonly seats = new Map<Tab, Seat>();
  private readonly empty = h("p", { class: "shera-terminal__empty shera-muted" }, text("tabs.none"));
  private readonly beside = tool("split", () => void this.halve());
  private readonly closing = tool("tabs.close", () => this.tabs.here && void this.close(this.tabs.here));
  private readonly add: HTMLButtonElement;
  private pixels = 14;
  private drawing = false;

  constructor(
    private readonly url: string,
    private readonly around: Around,
  ) {
    this.strip = new Strip(this.tabs, {
      choose: (tab, enter) => this.choose(tab, enter),
      close: (tab) => void this.close(tab),
      panel: (tab) => this.seats.get(tab)?.panel.id ?? "",
    });
    this.add = h(
      "button",
      {
        type: "button",
        class: "jenkins-button jenkins-button--tertiary shera-terminal__add",
        "aria-label": text("tabs.add"),
        title: text("tabs.add"),
        onclick: () => void this.open(),
      },
      "+",
    );
    this.split.halves[0].append(this.empty);
    this.element = h(
      "div",
      { class: "shera-terminal__desk" },
      h(
        "div",
        { class: "shera-terminal__strip" },
        this.strip.element,
        this.add,
        h("span", { class: "shera-terminal__tools" }, this.beside, this.closing),
      ),
      this.split.element,
    );
    this.split.element.addEventListener("keydown", (event) => this.key(event), { capture: true });
    addEventListener("pagehide", () => this.keep());
    addEventListener("pageshow", ({ persisted }) => persisted && sessionStorage.removeItem(this.shelf));
    this.draw();
  }

  /** Opens a further terminal, of what is chosen above. */
  async open(beside = false): Promise<void> {
    const choice = this.around.choice();
    const seat = this.sit(this.tabs.add(roomOf(choice)), beside);
    seat.focus();
    await seat.open(choice);
  }

  /** Opens a terminal in place of one that is over, else a further one. */
  async connect(): Promise<void> {
    const choice = this.around.choice();
    const seat = this.fresh(choice, "");
    await seat.open(choice);
  }

  /** Shows a session: in its tab where it has one, else in a further one. */
  attach(session: Listed): void {
    const there = this.tabs.of(session.id);
    if (there === undefined) this.fresh(session, session.id).join(session.id);
    else this.choose(there, true);
  }

  /** Joins again what the page had before it was loaded anew. Taken from the store, for a copy of this browser tab must not take them away. */
  restore(): void {
    const kept = parseKept(sessionStorage.getItem(this.shelf));
    sessionStorage.removeItem(this.shelf);
    if (!this.tabs.restore(kept)) return;
    this.split.share = kept.share;
    const { shown, all } = this.tabs;
    this.lay();
    for (const tab of [...shown, ...all.filter((one) => !shown.includes(one))]) this.seat(tab);
    this.draw();
    const first = shown[0] && this.seats.get(shown[0]);
    for (const [tab, seat] of this.seats) {
      if (first !== undefined && !shown.includes(tab)) seat.size = first.size;
      seat.join(tab.session);
    }
    this.enter();
  }

  /** The server knows these sessions, and why others ended; a line that is lost to any but the first would try for ever. */
  known(sessions: readonly Listed[], ended: readonly Ended[]): void {
    const ids = new Set(sessions.map((one) => one.id));
    for (const [tab, seat] of this.seats) {
      if (tab.state !== "lost" || ids.has(tab.session)) continue;
      seat.gone(ended.find((one) => one.id === tab.session)?.why);
    }
  }

  /** Nobody is signed in any more. */
  signedOut(): void {
    for (const [tab, seat] of this.seats) if (tab.state === "lost") seat.signedOut();
  }

  has(session: string): boolean {
    return this.tabs.of(session) !== undefined;
  }

  letters(pixels: number): void {
    this.pixels = pixels;
    for (const seat of this.seats.values()) seat.letters(pixels);
  }

  find(wanted: string): void {
    if (this.tabs.here !== undefined) this.seats.get(this.tabs.here)?.find(wanted);
  }

  private get shelf(): string {
    return `shera-terminal:${new URL(this.url, location.href).pathname}`;
  }

  private keep(): void {
    const kept = this.tabs.keep(this.split.share);
    if (kept.tabs.length > 0) sessionStorage.setItem(this.shelf, JSON.stringify(kept));
  }

  private fresh(room: Room, session: string): Seat {
    const { here } = this.tabs;
    const over = here !== undefined && !isRunning(here) ? here : undefined;
    if (over !== undefined) this.leave(over);
    const tab = over ? this.tabs.replace(over, roomOf(room), session) : this.tabs.add(roomOf(room), session);
    const seat = this.sit(tab, false);
    seat.focus();
    return seat;
  }

  private sit(tab: Tab, beside: boolean): Seat {
    if (beside) this.tabs.beside(tab);
    else this.tabs.show(tab);
    this.lay();
    const seat = this.seat(tab);
    this.draw();
    return seat;
  }

  private seat(tab: Tab): Seat {
    const half = this.split.halves[Math.max(0, this.tabs.shown.indexOf(tab))] ?? this.split.halves[0];
    const seat = new Seat(tab, half, this.url, {
      changed: () => this.soon(),
      output: (one) => this.tabs.heard(one, "output") && this.draw(),
      over: (one) => this.tabs.heard(one, "end") && this.draw(),
      focused: (one) => this.here(one),
    });
    seat.letters(this.pixels);
    this.seats.set(tab, seat);
    return seat;
  }

  private here(tab: Tab): void {
    if (this.tabs.here === tab || !this.tabs.shown.includes(tab)) return;
    this.tabs.show(tab);
    this.draw();
  }

  private choose(tab: Tab, enter: boolean): void {
    this.tabs.show(tab);
    this.draw();
    if (enter) this.enter();
  }

  private enter(): void {
    if (this.tabs.here !== undefined) this.seats.get(this.tabs.here)?.focus();
  }

  private async halve(): Promise<void> {
    if (this.tabs.shown.length > 1) {
      this.tabs.alone();
      this.draw();
      this.enter();
      return;
    }
    const spare = this.tabs.spare();
    if (spare === undefined) {
      await this.open(true);
      return;
    }
    this.tabs.beside(spare);
    this.draw();
    this.enter();
  }

  private async close(tab: Tab): Promise<void> {
    const seat = this.seats.get(tab);
    if (seat === undefined) return;
    const name = nameOf(tab);
    if (isRunning(tab)) {
      const done = await confirm({
        title: text("tabs.close.title", name),
        consequences: [text("tabs.close.runs")],
        verb: text("tabs.close.verb"),
        destructive: true,
        act: () => (isRunning(tab) ? seat.kill() : Promise.resolve()),
      });
      if (!done) return;
    }
    this.drop(tab);
    if (!this.strip.focus()) this.add.focus();
  }

  private leave(tab: Tab): void {
    this.seats.get(tab)?.close();
    this.seats.delete(tab);
  }

  private drop(tab: Tab): void {
    this.leave(tab);
    this.tabs.close(tab);
    this.draw();
  }

  /** Draws once what a program may change often. */
  private soon(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private lay(): void {
    const { shown, here } = this.tabs;
    for (const [tab, seat] of this.seats) {
      const at = shown.indexOf(tab);
      const half = this.split.halves[at];
      if (half !== undefined && seat.panel.parentElement !== half) half.append(seat.panel);
      if (seat.panel.hidden && at >= 0) seat.settle();
      seat.panel.hidden = at < 0;
      seat.panel.classList.toggle("shera-terminal__panel--here", tab === here && shown.length > 1);
    }
    this.split.show(shown.length > 1);
    this.empty.hidden = here !== undefined;
  }

  private draw(): void {
    this.lay();
    const { shown, here } = this.tabs;
    this.beside.setAttribute("aria-pressed", String(shown.length > 1));
    this.closing.disabled = here === undefined;
    this.beside.disabled = here === undefined;
    this.strip.draw();
    const seat = here && this.seats.get(here);
    this.around.tell(seat?.state ?? text("state.idle"), seat?.watchers ?? []);
  }

  /** Keys that no shell takes: Ctrl and Shift with an arrow. */
  private key(event: KeyboardEvent): void {
    if (!event.ctrlKey || !event.shiftKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowLeft") this.tabs.step(-1);
    else if (event.key === "ArrowRight") this.tabs.step(1);
    else if (event.key === "ArrowDown") this.tabs.across();
    else if (event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
    if (event.key === "ArrowUp") this.strip.focus();
    else this.enter();
  }
}

function roomOf({ environment, pod, container }: Room): Room {
  return { environment, pod, container };
}

function tool(key: string, onclick: () => void): HTMLButtonElement {
  const button = h("button", { type: "button", class: "jenkins-button jenkins-button--tertiary", onclick });
  fill(button, text(key));
  return button;
}

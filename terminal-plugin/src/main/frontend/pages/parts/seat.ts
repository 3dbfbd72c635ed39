import { fill, freshId, h, Problem, postJson, problemNotice, text } from "@shera/kit";
import { Line } from "./line";
import { Screen } from "./screen";
import { clean, type State, type Tab } from "./tabs";

/** What a seat tells the page. */
export interface Heard {
  /** State, title or watchers are others now. */
  changed(tab: Tab): void;
  output(tab: Tab): void;
  over(tab: Tab): void;
  focused(tab: Tab): void;
}

const SETTLED_MILLIS = 150;

/** The terminal of one tab and its line to the session; once it is closed nothing of it is left. */
export class Seat {
  readonly panel = h("div", { class: "shera-terminal__panel", role: "tabpanel", id: freshId("terminal") });
  state = text("tabs.opening");
  watchers: readonly string[] = [];
  private readonly place = h("div", { class: "shera-terminal__screen" });
  private readonly said = h("div", {});
  private readonly screen: Screen;
  private line: Line | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    readonly tab: Tab,
    half: HTMLElement,
    private readonly url: string,
    private readonly heard: Heard,
  ) {
    this.panel.setAttribute("aria-labelledby", `${this.panel.id}-tab`);
    fill(this.panel, this.said, this.place);
    half.append(this.panel);
    this.panel.addEventListener("focusin", () => this.heard.focused(tab));
    this.screen = new Screen(this.place, () => this.line?.live ?? false);
    const { terminal } = this.screen;
    const bytes = new TextEncoder();
    terminal.onData((keys) => this.line?.type(bytes.encode(keys)));
    terminal.onBinary((keys) => this.line?.type(Uint8Array.from(keys, (one) => one.charCodeAt(0))));
    terminal.onResize(() => this.settle());
    terminal.onTitleChange((title) => {
      const said = clean(title);
      if (said === tab.said) return;
      tab.said = said;
      this.heard.changed(tab);
    });
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.screen.terminal.cols, rows: this.screen.terminal.rows };
  }

  set size({ columns, rows }: { columns: number; rows: number }) {
    this.screen.terminal.resize(columns, rows);
  }

  /** Opens a session and joins it; the tab shows why not. */
  async open(choice: Record<string, string>): Promise<void> {
    try {
      const { session } = await postJson<{ session: string }>(`${this.url}/open`, { ...choice, ...this.size });
      if (this.closed) await this.kill(session);
      else this.join(session);
    } catch (thrown) {
      if (this.closed) return;
      fill(this.said, problemNotice(thrown));
      this.place.hidden = true;
      this.tell("refused", "tabs.refused");
    }
  }

  /** Joins a session that runs. */
  join(session: string): void {
    const { tab } = this;
    const { terminal } = this.screen;
    tab.session = session;
    const line = new Line(`${this.url}/socket?session=${encodeURIComponent(session)}`, {
      begin: () => {
        this.tell("open", "state.open");
        this.settle();
      },
      output: (data, shown) => {
        if (line.fresh) this.heard.output(tab);
        terminal.write(data, shown);
      },
      lost: () => this.tell("lost", "state.lost"),
      watchers: (users) => {
        this.watchers = users;
        this.heard.changed(tab);
      },
      over: ({ end, code, message }) => this.end(end, String(code), message),
    });
    this.line = line;
  }

  /** The server does not know the session any more, or why it is over, and the line would try for ever. */
  gone(why = "gone"): void {
    this.line?.leave();
    this.end(why, "", "");
  }

  /** The line will not come back before somebody signs in again. */
  signedOut(): void {
    this.tell("lost", "state.signedOut");
  }

  /** Ends the session on the server, if it is still there. */
  async kill(session = this.tab.session): Promise<void> {
    if (session === "") return;
    try {
      await postJson(`${this.url}/kill`, { session });
    } catch (thrown) {
      if (!(thrown instanceof Problem && thrown.status === 404)) throw thrown;
    }
  }

  /** Leaves no timer, socket or observer behind; the session itself is not ended by this. */
  close(): void {
    this.closed = true;
    clearTimeout(this.settling);
    this.line?.leave();
    this.screen.dispose();
    this.panel.remove();
  }

  /** Says to the server, once it has settled, how large the terminal is; one that is not seen has no size. */
  settle(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (this.screen.isSeen) this.line?.size(this.size.columns, this.size.rows);
    }, SETTLED_MILLIS);
  }

  focus(): void {
    this.screen.terminal.focus();
  }

  letters(pixels: number): void {
    this.screen.letters(pixels);
  }

  find(wanted: string): void {
    this.screen.find(wanted);
  }

  private end(how: string, ...values: readonly string[]): void {
    this.watchers = [];
    this.tell(how === "taken" ? "taken" : "over", `end.${how}`, ...values);
    this.heard.over(this.tab);
  }

  private tell(state: State, key: string, ...values: readonly string[]): void {
    this.tab.state = state;
    this.state = text(key, ...values);
    this.heard.changed(this.tab);
  }
}

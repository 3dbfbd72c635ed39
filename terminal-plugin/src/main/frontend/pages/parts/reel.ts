import { getJson } from "@shera/kit";
import { Terminal } from "@xterm/xterm";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import type { Cast, CastEvent } from "./cast";
import { dress } from "./theme";

const LETTERS = 15;
const SMALLEST_LETTERS = 6;
/** A pause longer than this, in seconds, is cut short when pauses are skipped. */
const LONGEST_PAUSE = 2;
const SHORT_PAUSE = 0.3;
const TICK_MILLIS = 30;
const AGAIN_MILLIS = 2000;
/** Characters given to the screen at once. */
const BATCH = 256 * 1024;

/** What the reel tells who holds it. */
export interface Watching {
  moved(at: number): void;
  stopped(): void;
  failed(thrown: unknown): void;
}

/** Plays the events of a recording on a screen of the recorded size; holds about a megabyte of them. */
export class Reel {
  private readonly terminal: Terminal;
  private waiting: CastEvent[] = [];
  private next = 0;
  private last = false;
  private at = 0;
  private began = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  playing = false;
  speed = 1;
  skipping = true;

  constructor(
    private readonly place: HTMLElement,
    private readonly cast: Cast,
    private readonly size: { readonly columns: number; readonly rows: number },
    private readonly watching: Watching,
    private readonly live: () => boolean,
  ) {
    this.terminal = new Terminal({
      allowProposedApi: true,
      cols: size.columns,
      rows: size.rows,
      disableStdin: true,
      fontSize: LETTERS,
      scrollback: 5000,
      minimumContrastRatio: 4.5,
    });
    this.terminal.loadAddon(new Unicode11Addon());
    this.terminal.unicode.activeVersion = "11";
    this.terminal.open(place);
    dress(this.terminal, place);
    this.terminal.onResize(() => this.fit());
    new ResizeObserver(() => this.fit()).observe(place);
  }

  /** Seconds since the beginning. */
  get position(): number {
    return this.at;
  }

  play(): void {
    if (this.playing) return;
    this.playing = true;
    this.began = performance.now();
    void this.tick(this.turn);
  }

  pause(): void {
    this.playing = false;
    clearTimeout(this.timer);
  }

  /** Shows the screen as it was then, and goes on from there if it was playing. */
  async seek(to: number): Promise<void> {
    const turn = ++this.turn;
    clearTimeout(this.timer);
    const wanted = Math.max(0, to);
    try {
      const { draw } = await getJson<{ draw: number }>(this.cast.address("seek", { at: wanted.toFixed(3) }));
      if (turn !== this.turn) return;
      this.terminal.reset();
      this.terminal.resize(this.size.columns, this.size.rows);
      this.waiting = [];
      this.next = draw;
      this.last = false;
      while (turn === this.turn) {
        await this.show(wanted, turn);
        if (this.waiting.length > 0 || this.last) break;
        await this.fetch(turn);
      }
    } catch (thrown) {
      if (turn === this.turn) this.fail(thrown);
      return;
    }
    if (turn !== this.turn) return;
    this.at = wanted;
    this.watching.moved(wanted);
    this.began = performance.now();
    if (this.playing) void this.tick(turn);
  }

  private async tick(turn: number): Promise<void> {
    if (!this.playing || turn !== this.turn) return;
    const now = performance.now();
    this.at += ((now - this.began) / 1000) * this.speed;
    this.began = now;
    try {
      if (this.waiting.length === 0 && !this.last) await this.fetch(turn);
      const following = this.waiting[0];
      if (this.skipping && following !== undefined && following.at - this.at > LONGEST_PAUSE)
        this.at = following.at - SHORT_PAUSE;
      await this.show(this.at, turn);
    } catch (thrown) {
      if (turn === this.turn) this.fail(thrown);
      return;
    }
    if (!this.playing || turn !== this.turn) return;
    const over = this.waiting.length === 0 && this.last;
    if (over && !this.live()) {
      this.pause();
      this.watching.moved(this.at);
      this.watching.stopped();
      return;
    }
    if (over) this.last = false;
    this.watching.moved(this.at);
    this.timer = setTimeout(() => void this.tick(turn), over ? AGAIN_MILLIS : TICK_MILLIS);
  }

  private fail(thrown: unknown): void {
    this.pause();
    this.watching.failed(thrown);
  }

  private async fetch(turn: number): Promise<void> {
    const piece = await this.cast.piece(this.next);
    if (turn !== this.turn) return;
    this.next = piece.next;
    this.last = piece.last;
    this.waiting.push(...piece.events);
  }

  /** Draws what happened until then, as far as it is here. */
  private async show(until: number, turn: number): Promise<void> {
    let index = 0;
    let batch = "";
    for (let event = this.waiting[0]; event !== undefined && event.at <= until; event = this.waiting[++index]) {
      const size = event.kind === "r" ? /^(\d{1,4})x(\d{1,4})$/.exec(event.text) : null;
      if (size !== null || batch.length > BATCH) {
        await this.write(batch);
        batch = "";
        if (turn !== this.turn) return;
      }
      if (size !== null) this.resize(Number(size[1]), Number(size[2]));
      else if (event.kind === "o") batch += event.text;
    }
    await this.write(batch);
    if (turn === this.turn) this.waiting = this.waiting.slice(index);
  }

  private resize(columns: number, rows: number): void {
    if (columns < 1 || rows < 1 || columns > 1000 || rows > 1000) return;
    if (columns !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(columns, rows);
  }

  private write(batch: string): Promise<void> {
    return batch === "" ? Promise.resolve() : new Promise((done) => this.terminal.write(batch, done));
  }

  /** Letters as large as lets all columns be seen. */
  private fit(): void {
    const screen = this.place.querySelector<HTMLElement>(".xterm-screen");
    const style = getComputedStyle(this.place);
    const room = this.place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
    const now = this.terminal.options.fontSize ?? LETTERS;
    if (screen === null || screen.clientWidth === 0 || room <= 0) return;
    const wanted = Math.max(SMALLEST_LETTERS, Math.min(LETTERS, Math.floor((now * room) / screen.clientWidth)));
    if (wanted !== now) this.terminal.options.fontSize = wanted;
  }
}

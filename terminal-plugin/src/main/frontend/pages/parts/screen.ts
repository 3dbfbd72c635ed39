import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import { guard } from "./guard";
import { dress } from "./theme";

/** The terminal itself: fits its place, follows the theme of Jenkins, and keeps to itself what programs must not ask for. */
export class Screen {
  readonly terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: true,
    fontSize: 14,
    scrollback: 10_000,
    screenReaderMode: false,
    minimumContrastRatio: 4.5,
  });
  private readonly fit = new FitAddon();
  private readonly finder = new SearchAddon();
  private readonly sizes = new ResizeObserver(() => this.fitted());

  /** `live` says whether what is being drawn is said for the first time. */
  constructor(
    readonly place: HTMLElement,
    live: () => boolean,
  ) {
    const { terminal } = this;
    for (const addon of [this.fit, this.finder, new WebLinksAddon(), new Unicode11Addon()]) terminal.loadAddon(addon);
    terminal.unicode.activeVersion = "11";
    guard(terminal, live);
    terminal.open(place);
    dress(terminal, place);
    this.sizes.observe(place);
    this.fitted();
  }

  get isSeen(): boolean {
    return this.place.clientWidth > 0;
  }

  /** Sets the size of the letters, in pixels. */
  letters(pixels: number): void {
    this.terminal.options.fontSize = pixels;
    this.fitted();
  }

  find(wanted: string): void {
    if (wanted === "") this.finder.clearDecorations();
    else this.finder.findPrevious(wanted);
  }

  /** Leaves nothing behind. */
  dispose(): void {
    this.sizes.disconnect();
    this.terminal.dispose();
  }

  /** One that is not seen keeps its size. */
  private fitted(): void {
    if (this.isSeen) this.fit.fit();
  }
}

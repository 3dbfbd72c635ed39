import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { Unicode11Addon } from "@xterm/addon-unicode11";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal, type ITheme } from "@xterm/xterm";

const LIGHT: ITheme = {
  black: "#1f2328",
  red: "#b3261e",
  green: "#116329",
  yellow: "#7d4e00",
  blue: "#0550ae",
  magenta: "#8250df",
  cyan: "#0f5f69",
  white: "#57606a",
  brightBlack: "#6e7781",
  brightWhite: "#24292f",
};

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

  constructor(readonly place: HTMLElement) {
    const { terminal } = this;
    for (const addon of [this.fit, this.finder, new WebLinksAddon(), new Unicode11Addon()]) terminal.loadAddon(addon);
    terminal.unicode.activeVersion = "11";
    const nothing = () => true;
    // The clipboard (OSC 52) and reports of settings (DECRQSS) or the title would put text of the program's choosing into its input.
    terminal.parser.registerOscHandler(52, nothing);
    terminal.parser.registerDcsHandler({ intermediates: "$", final: "q" }, nothing);
    terminal.parser.registerCsiHandler({ final: "t" }, nothing);
    terminal.open(place);
    this.dress();
    new MutationObserver(() => this.dress()).observe(document.documentElement, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.dress());
    new ResizeObserver(() => this.fit.fit()).observe(place);
  }

  /** Sets the size of the letters, in pixels. */
  letters(pixels: number): void {
    this.terminal.options.fontSize = pixels;
    this.fit.fit();
  }

  find(wanted: string): void {
    if (wanted === "") this.finder.clearDecorations();
    else this.finder.findPrevious(wanted);
  }

  private dress(): void {
    const { color, backgroundColor } = getComputedStyle(this.place);
    const [red = 255, green = 255, blue = 255] = (backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    const light = red + green + blue > 380;
    this.terminal.options.theme = {
      ...(light ? LIGHT : {}),
      foreground: color,
      background: backgroundColor,
      cursor: color,
      selectionBackground: light ? "#b6d7ff" : "#264f78",
    };
  }
}
